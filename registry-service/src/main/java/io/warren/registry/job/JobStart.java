package io.warren.registry.job;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How jobs begin. */
@Service
public class JobStart {

    /** How many jobs of a tenant may go on at a time. */
    private static final int MOST_UNFINISHED = 10;

    private static final int LONGEST_KEY = 100;

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-jobs", HttpStatus.CONFLICT, "Too many unfinished jobs");

    private final Tenants tenants;
    private final Jobs jobs;
    private final Targets targets;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    JobStart(Tenants tenants, Jobs jobs, Targets targets, ApplicationEventPublisher events, Clock clock) {
        this.tenants = tenants;
        this.jobs = jobs;
        this.targets = targets;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Begins a job, or finds the one of its kind that was begun with the same idempotency key.
     *
     * @return its id
     * @throws ProblemException if its filter cannot be read, there is no such group, or too many jobs of the tenant go on
     */
    @Transactional
    public UUID start(JobOrder order) {
        String key = order.idempotencyKey();
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The idempotency key cannot be kept.",
                    List.of(new Violation("Idempotency-Key", "between 1 and " + LONGEST_KEY + " characters")));
        }
        targets.check(order.tenant(), order.target());
        tenants.hold(order.tenant());
        jobs.reserve(order.tenant());
        if (key != null) {
            Optional<Job> begun = jobs.byIdempotencyKey(order.tenant(), order.kind(), key);
            if (begun.isPresent()) {
                return begun.get().id();
            }
        }
        if (jobs.unfinished(order.tenant()) >= MOST_UNFINISHED) {
            throw new ProblemException(TOO_MANY, MOST_UNFINISHED + " jobs go on already.");
        }
        Job job = new Job(order, clock.instant());
        jobs.add(job);
        events.publishEvent(new JobDue());
        return job.id();
    }
}
