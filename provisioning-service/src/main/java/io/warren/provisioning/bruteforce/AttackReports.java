package io.warren.provisioning.bruteforce;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.provisioning.BootstrapAttackEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.provisioning.bruteforce.FailureCounts.Failure;
import io.warren.provisioning.bruteforce.FailureCounts.Lock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Begins lock-outs, and tells of those that are more than one device with a wrong proof. */
@Service
class AttackReports {

    /** How often a tenant is told. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final FailureCounts counts;
    private final Outbox outbox;
    private final MeterRegistry meters;

    AttackReports(FailureCounts counts, Outbox outbox, MeterRegistry meters) {
        this.counts = counts;
        this.outbox = outbox;
        this.meters = meters;
    }

    /** Begins a lock-out; empty if another replica just has, or one lasts. */
    @Transactional
    Optional<Lock> begin(Failure failure, Attempt attempt, Instant now) {
        Optional<Lock> begun = counts.lock(failure, now);
        begun.ifPresent(lock -> meters.counter(
                        "warren.bootstrap.lockouts", "of", lock.suspect().kind().word())
                .increment());
        begun.filter(lock -> lock.suspect().kind() != Suspect.Kind.DEVICE
                        && counts.mayTell(attempt.tenant().value(), PAUSE, now))
                .ifPresent(lock -> outbox.append(
                        EnrollmentEvent.EXCHANGE, BootstrapAttackEvent.TYPE, event(failure, attempt, lock, now)));
        return begun;
    }

    private static BootstrapAttackEvent event(Failure failure, Attempt attempt, Lock lock, Instant now) {
        boolean many = lock.suspect().kind() == Suspect.Kind.DOOR;
        return new BootstrapAttackEvent(
                attempt.tenant().value(),
                attempt.group(),
                attempt.enrollment(),
                many ? null : lock.suspect().name(),
                failure.limit(),
                lock.until(),
                now);
    }
}
