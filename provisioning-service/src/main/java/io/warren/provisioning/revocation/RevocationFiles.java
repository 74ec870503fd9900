package io.warren.provisioning.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.provisioning.certificate.CertificateRevoked;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.IssuingProperties;
import io.warren.provisioning.revocation.ListDirectory.Issuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The revocation lists as files in the broker's reach, which looks into them at each handshake. What is revoked is refused there
 * though this service may be away.
 */
@Component
class RevocationFiles {

    private static final Logger log = LoggerFactory.getLogger(RevocationFiles.class);

    private final Authorities authorities;
    private final RevocationLists lists;
    private final TaskScheduler scheduler;
    private final @Nullable ListDirectory directory;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicLong writtenAt = new AtomicLong();

    RevocationFiles(
            Authorities authorities,
            RevocationLists lists,
            TaskScheduler scheduler,
            IssuingProperties properties,
            MeterRegistry meters) {
        this.authorities = authorities;
        this.lists = lists;
        this.scheduler = scheduler;
        Path path = properties.crlDirectory();
        this.directory = path == null ? null : new ListDirectory(path);
        if (directory != null) {
            Gauge.builder("warren.issuing.lists.written", writtenAt, AtomicLong::doubleValue)
                    .description("When a revocation list was last written for the broker, in seconds since 1970")
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    /** In another thread, the transaction still has its connection; and once for all that is revoked until it is this one's turn. */
    @Order(RevocationChanges.FIRST + 1)
    @TransactionalEventListener
    void write(CertificateRevoked revocation) {
        if (due.compareAndSet(false, true)) {
            var _ = scheduler.schedule(this::write, scheduler.getClock().instant());
        }
    }

    /** Writes what has changed or is not there; what fails is tried again the next time. */
    @Scheduled(fixedDelay = 1_000)
    synchronized void write() {
        due.set(false);
        if (directory == null) {
            return;
        }
        List<Authority> all = authorities.all().stream()
                .sorted(Comparator.comparing(Authority::id))
                .toList();
        for (Authority authority : all) {
            try {
                if (directory.write(Issuer.of(authority), lists.of(authority))) {
                    writtenAt.set(now().getEpochSecond());
                }
            } catch (IOException | RuntimeException e) {
                log.error("The broker goes on with an older revocation list of {}: {}", authority, e.toString());
            }
        }
        try {
            directory.removeEnded(all.stream().map(Issuer::of).toList(), now());
        } catch (IOException e) {
            log.error("A revocation list that is over cannot be removed", e);
        }
    }

    /** The files there that somebody else has written. */
    synchronized List<Path> foreign() throws IOException {
        return directory == null ? List.of() : directory.foreign();
    }

    private Instant now() {
        return scheduler.getClock().instant();
    }
}
