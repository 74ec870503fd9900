package io.warren.registry.job;

import java.time.Clock;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Adds up what jobs have counted, and forgets those that ended long ago. */
@Component
class JobHousekeeping {

    private static final int BATCH = 500;

    private final Jobs jobs;
    private final JobCounts counts;
    private final JobProperties properties;
    private final Clock clock;

    JobHousekeeping(Jobs jobs, JobCounts counts, JobProperties properties, Clock clock) {
        this.jobs = jobs;
        this.counts = counts;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 2_000)
    void addUp() {
        counts.fold();
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forget() {
        Instant before = clock.instant().minus(properties.memory());
        int forgotten;
        do {
            forgotten = jobs.forgetFinishedBefore(before, BATCH);
        } while (forgotten == BATCH);
    }
}
