package io.warren.provisioning.bruteforce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.provisioning.bruteforce.FailureCounts.Lock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Who is locked out, by heart: this replica's own lock-outs at once, those of others within a second. */
@Component
class Lockouts {

    private static final Logger log = LoggerFactory.getLogger(Lockouts.class);

    /** By how much the clocks of replicas, and the order of their commits, may differ. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final FailureCounts counts;
    private final Clock clock;
    private final Cache<Suspect, Instant> lasting;
    private Instant read;

    Lockouts(FailureCounts counts, BruteForceProperties properties, MeterRegistry meters, Clock clock) {
        this.counts = counts;
        this.clock = clock;
        this.read = clock.instant().minus(properties.longestLock());
        this.lasting = Caffeine.newBuilder()
                .maximumSize(properties.mostCounted())
                .expireAfterWrite(properties.longestLock())
                .build();
        Gauge.builder(
                        "warren.bootstrap.locked",
                        () -> lasting.asMap().keySet().stream()
                                .filter(suspect -> until(suspect).isPresent())
                                .count())
                .description("Devices at an address, and addresses, that are locked out, and enrolments under attack")
                .register(meters);
    }

    /** Until when somebody is locked out; empty if he is not. */
    Optional<Instant> until(Suspect suspect) {
        return Optional.ofNullable(lasting.getIfPresent(suspect))
                .filter(until -> clock.instant().isBefore(until));
    }

    /** Notes a lock-out that began here. */
    void add(Lock lock) {
        lasting.put(lock.suspect(), lock.until());
    }

    /** Hears of the lock-outs that others found. */
    @Scheduled(fixedDelay = 1_000)
    synchronized void refresh() {
        Instant now = clock.instant();
        try {
            counts.lasting(read.minus(OVERLAP), now).forEach(this::add);
            read = now;
        } catch (DataAccessException e) {
            log.debug("The lock-outs of other replicas are not known: {}", e.toString());
        }
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
    void prune() {
        counts.prune(clock.instant());
    }
}
