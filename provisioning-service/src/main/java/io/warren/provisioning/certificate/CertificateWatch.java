package io.warren.provisioning.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after certificates as they come to their end: warns once of each whose device has not got another one with a sixth of its life
 * left, counts what there is, and forgets what ended long ago.
 */
@Component
class CertificateWatch {

    private static final int BATCH = 500;

    /** Whoever looks for what a device had finds it for as long. */
    private static final Duration KEPT = Duration.ofDays(90);

    /** For as long a device that the registry does not admit is given the same one when it is admitted after all. */
    private static final Duration WITHHELD = Duration.ofDays(2);

    private final CertificateRepository certificates;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Clock clock;
    private final MultiGauge counts;

    CertificateWatch(
            CertificateRepository certificates,
            TransactionTemplate transaction,
            Outbox outbox,
            Clock clock,
            MeterRegistry meters) {
        this.certificates = certificates;
        this.transaction = transaction;
        this.outbox = outbox;
        this.clock = clock;
        counts = MultiGauge.builder("warren.certificates")
                .description(
                        "Certificates of devices that have not ended: good, good with a sixth of their life left, revoked")
                .register(meters);
    }

    /** A few hundred at a time, so that nobody waits for the rows for long. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
    void warn() {
        int taken;
        do {
            taken = transaction.execute(_ -> warnOfSome());
        } while (taken == BATCH);
    }

    @Scheduled(fixedDelay = 300_000, initialDelay = 30_000)
    void count() {
        Instant now = now();
        counts.register(
                List.of(
                        row("good", certificates.countGood(now)),
                        row("ending", certificates.countEnding(now)),
                        row("revoked", certificates.countRevoked(now))),
                true);
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 300_000)
    void forget() {
        Instant now = now();
        transaction.executeWithoutResult(_ -> certificates.forget(now.minus(KEPT), now.minus(WITHHELD)));
    }

    private int warnOfSome() {
        Instant now = now();
        List<Certificate> ending = certificates.lockEnding(now, BATCH);
        List<Outbox.Event> events = new ArrayList<>();
        for (Certificate certificate : ending) {
            certificate.watched(now);
            if (certificate.isGood(now) && !hasSuccessor(certificate, now)) {
                events.add(new Outbox.Event(CertificateEvent.EXPIRING, certificate.event(now)));
            }
        }
        outbox.appendAll(EnrollmentEvent.EXCHANGE, events);
        return ending.size();
    }

    private boolean hasSuccessor(Certificate certificate, Instant now) {
        DeviceAddress device = certificate.device();
        return certificates.existsLater(device.tenant().value(), device.device().value(), certificate.issuedAt(), now);
    }

    private static MultiGauge.Row<Number> row(String status, long count) {
        return MultiGauge.Row.of(Tags.of("status", status), count);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
