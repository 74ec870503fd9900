package io.warren.provisioning.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Watches the revocation lists that people have put beside ours, the root's for example: nobody writes those again, and the broker
 * passes one that is over as if there were none.
 */
@Component
class ForeignLists {

    private static final Logger log = LoggerFactory.getLogger(ForeignLists.class);
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double UNREADABLE = 0;
    private static final double SOON = Duration.ofDays(7).toSeconds();

    private final RevocationFiles files;
    private final Clock clock;
    private volatile double remaining = NEVER;

    ForeignLists(RevocationFiles files, MeterRegistry meters, Clock clock) {
        this.files = files;
        this.clock = clock;
        Gauge.builder("warren.issuing.foreign.lists.remaining", this, lists -> lists.remaining)
                .description(
                        "How long all revocation lists for the broker that are not this service's own are good yet;"
                                + " infinite without any, 0 if one cannot be read")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelay = 300_000, initialDelay = 30_000)
    void look() throws IOException {
        double shortest = NEVER;
        for (Path file : files.foreign()) {
            double its = remaining(file);
            if (its < SOON) {
                log.warn("The revocation list {} is not ours, and ends within a week or cannot be read", file);
            }
            shortest = Math.min(shortest, its);
        }
        remaining = shortest;
    }

    private double remaining(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            CRL list = CertificateFactory.getInstance("X.509").generateCRL(bytes);
            Date until = ((X509CRL) list).getNextUpdate();
            return until == null
                    ? NEVER
                    : Duration.between(clock.instant(), until.toInstant()).toSeconds();
        } catch (IOException | GeneralSecurityException e) {
            return UNREADABLE;
        }
    }
}
