package io.warren.provisioning.bruteforce;

import io.warren.provisioning.bruteforce.FailureCounts.Failure;
import io.warren.provisioning.bruteforce.FailureCounts.Lock;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts failures, and begins lock-outs where there are enough of them. */
@Component
class FailureLedger {

    private static final Logger log = LoggerFactory.getLogger(FailureLedger.class);

    private final Suspicion suspicion;
    private final FailureCounts counts;
    private final AttackReports reports;
    private final Lockouts lockouts;
    private final Clock clock;

    FailureLedger(Suspicion suspicion, FailureCounts counts, AttackReports reports, Lockouts lockouts, Clock clock) {
        this.suspicion = suspicion;
        this.counts = counts;
        this.reports = reports;
        this.lockouts = lockouts;
        this.clock = clock;
    }

    /** Counts a failed attempt. */
    void count(Attempt attempt) {
        Instant now = clock.instant();
        for (Failure failure : counts.add(suspicion.of(attempt), now)) {
            reports.begin(failure, attempt, now).ifPresent(this::begin);
        }
    }

    private void begin(Lock lock) {
        lockouts.add(lock);
        switch (lock.suspect().kind()) {
            case DOOR ->
                log.warn(
                        "Under attack until {}: {}",
                        lock.until(),
                        lock.suspect().name());
            case ADDRESS, DEVICE ->
                log.warn("Locked out until {}: {}", lock.until(), lock.suspect().name());
        }
    }
}
