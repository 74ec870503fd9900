package io.warren.provisioning.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.provisioning.certificate.CertificateRevoked;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.IssuingProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * The revocation lists as files in the broker's reach, which looks into them at each handshake: named by the hash of the issuer's name,
 * as {@code openssl rehash} does. What is revoked is refused there though this service may be away.
 */
@Component
class RevocationFiles {

    private static final Logger log = LoggerFactory.getLogger(RevocationFiles.class);

    private final Authorities authorities;
    private final RevocationLists lists;
    private final TaskScheduler scheduler;
    private final @Nullable Path directory;
    private final Map<Path, byte[]> written = new HashMap<>();
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
        this.directory = properties.crlDirectory();
        if (directory != null) {
            Gauge.builder("warren.issuing.lists.written", writtenAt, AtomicLong::doubleValue)
                    .description("When a revocation list was last written for the broker, in seconds since 1970")
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    /** In another thread: the transaction still has its connection. */
    @Order(RevocationChanges.FIRST + 1)
    @TransactionalEventListener
    void write(CertificateRevoked revocation) {
        var _ = scheduler.schedule(this::write, scheduler.getClock().instant());
    }

    /** Writes what has changed; what fails is tried again the next time. */
    @Scheduled(fixedDelay = 2_000)
    synchronized void write() {
        if (directory == null) {
            return;
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<Authority> sorted = authorities.all().stream()
                .sorted(Comparator.comparing(Authority::id))
                .toList();
        for (Authority authority : sorted) {
            String hash = NameHash.of(authority.subject());
            // of several authorities with one name, as there are when one is made anew, each has a number
            Path file = directory.resolve(hash + ".r" + (numbers.merge(hash, 1, Integer::sum) - 1));
            RevocationList list = lists.of(authority);
            if (!Arrays.equals(written.get(file), list.encoded())) {
                replace(file, list);
            }
        }
    }

    /** At once: a reader of half a list would turn every device away. */
    private void replace(Path file, RevocationList list) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.write(draft, list.encoded());
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written.put(file, list.encoded());
            writtenAt.set(scheduler.getClock().instant().getEpochSecond());
        } catch (IOException e) {
            log.error("The broker goes on with an older revocation list: {} cannot be written", file, e);
        }
    }
}
