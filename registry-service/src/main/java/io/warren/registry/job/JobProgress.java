package io.warren.registry.job;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How jobs go on. What is done to devices and the place to go on at are kept in one transaction, which fails if somebody else has
 * taken the turn since: so no device is dealt with twice and none is left out, whenever a process dies.
 */
@Service
class JobProgress {

    /** What a device that could not be dealt with is counted as. */
    private static final String FAILED = "failed";

    private final Jobs jobs;
    private final JobCounts counts;
    private final Map<String, JobKind> kinds;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    JobProgress(Jobs jobs, JobCounts counts, List<JobKind> kinds, ApplicationEventPublisher events, Clock clock) {
        this.jobs = jobs;
        this.counts = counts;
        this.kinds = kinds.stream().collect(toMap(JobKind::name, kind -> kind));
        this.events = events;
        this.clock = clock;
    }

    /** Deals with the next devices; without any, the job has finished. */
    @Transactional
    void work(Job taken, List<DeviceId> devices) {
        Optional<Job> job = stillTaken(taken);
        if (job.isEmpty()) {
            return;
        }
        if (devices.isEmpty()) {
            job.get().finish(clock.instant());
        } else {
            note(job.get(), kind(taken).work(new JobKind.Part(taken.id(), taken.tenant(), taken.request(), devices)));
        }
    }

    /** The next devices could not be dealt with: of more than one, each is tried by itself; one alone is passed over. */
    @Transactional
    void stumble(Job taken, List<DeviceId> devices, String reason) {
        stillTaken(taken).ifPresent(job -> {
            if (devices.size() > 1) {
                job.goOneByOne(devices.size(), clock.instant());
            } else {
                note(job, List.of(new JobKind.Outcome(devices.getFirst(), FAILED, reason)));
            }
        });
    }

    /** The job cannot go on. */
    @Transactional
    void fail(Job taken, String reason) {
        stillTaken(taken).ifPresent(job -> job.fail(reason, clock.instant()));
    }

    /** Takes back some of what a job that was called off has set off. */
    @Transactional
    void takeBack(Job taken, int limit) {
        stillTaken(taken).ifPresent(job -> {
            int tookBack = kind(taken).takeBack(taken.id(), limit);
            job.tookBack(tookBack < limit, clock.instant());
        });
    }

    /**
     * Calls a job off.
     *
     * @throws ProblemException if the tenant has none of this id, or it is too late
     */
    @Transactional
    void cancel(TenantId tenant, UUID id) {
        Job job = locked(tenant, id);
        job.cancel(kind(job).canTakeBack(), clock.instant());
        events.publishEvent(new JobDue());
    }

    /**
     * Has a job rest where it is, as soon as the devices are dealt with whose turn it is.
     *
     * @throws ProblemException if the tenant has none of this id, or it has ended
     */
    @Transactional
    void pause(TenantId tenant, UUID id) {
        locked(tenant, id).pause();
    }

    /**
     * Has a job go on that rests.
     *
     * @throws ProblemException if the tenant has none of this id, or it has ended
     */
    @Transactional
    void resume(TenantId tenant, UUID id) {
        locked(tenant, id).resume(clock.instant());
        events.publishEvent(new JobDue());
    }

    private Job locked(TenantId tenant, UUID id) {
        return jobs.lock(id).filter(found -> found.tenant().equals(tenant)).orElseThrow(() -> JobViews.notFound(id));
    }

    private Optional<Job> stillTaken(Job taken) {
        return jobs.lock(taken.id()).filter(job -> job.isAsTaken(taken));
    }

    private void note(Job job, List<JobKind.Outcome> outcomes) {
        Instant now = clock.instant();
        job.advance(outcomes, now);
        counts.change(outcomes.stream()
                .map(outcome -> new JobCounts.Change(job.id(), outcome.name(), 1))
                .toList());
    }

    private JobKind kind(Job job) {
        return Objects.requireNonNull(kinds.get(job.kind()));
    }
}
