package io.warren.registry.job;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.database.DatabaseAway;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.background.BackgroundLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives jobs their turns, one after the other; every replica does, and each job is with one of them at a time. */
@Component
class JobRunner extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MOST_TAKEN_BACK = 200;

    private final Jobs jobs;
    private final JobProgress progress;
    private final Targets targets;
    private final Clock clock;

    JobRunner(Jobs jobs, JobProgress progress, Targets targets, Clock clock) {
        this.jobs = jobs;
        this.progress = progress;
        this.targets = targets;
        this.clock = clock;
    }

    /** Runs in the transaction that has a job go on. */
    @EventListener
    void due(JobDue due) {
        wakeAfterCommit();
    }

    @Override
    protected boolean workOff() throws InterruptedException {
        Instant now = clock.instant();
        Optional<Job> taken = jobs.take(now, LEASE);
        if (taken.isEmpty()) {
            return awaitNext(now);
        }
        if (taken.get().isCancelling()) {
            progress.takeBack(taken.get(), MOST_TAKEN_BACK);
        } else {
            goOn(taken.get());
        }
        return true;
    }

    private void goOn(Job job) {
        List<DeviceId> devices;
        try {
            devices = targets.next(job.tenant(), job.target(), job.position(), job.pageSize());
        } catch (ProblemException e) {
            progress.fail(job, String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            progress.fail(job, reason(job, e));
            return;
        }
        try {
            progress.work(job, devices);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            progress.stumble(job, devices, reason(job, e));
        }
    }

    private static String reason(Job job, RuntimeException failure) {
        if (failure instanceof ProblemException problem) {
            StringBuilder reason = new StringBuilder(String.valueOf(problem.getMessage()));
            problem.violations()
                    .forEach(violation -> reason.append(' ')
                            .append(violation.pointer())
                            .append(": ")
                            .append(violation.detail()));
            return reason.toString();
        }
        log.warn("Job {} stumbles", job.id(), failure);
        return "Something went wrong; the service's log says what.";
    }

    /** Waits for a job that goes on soon, which would otherwise be looked for once a second only. */
    private boolean awaitNext(Instant now) throws InterruptedException {
        Optional<Instant> next = jobs.nextDue(now.plus(SOON));
        if (next.isEmpty()) {
            return false;
        }
        Thread.sleep(Duration.between(now, next.get()).plusMillis(1));
        return true;
    }
}
