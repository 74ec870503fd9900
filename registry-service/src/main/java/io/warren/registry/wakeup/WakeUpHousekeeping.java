package io.warren.registry.wakeup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets wake-ups, and deployments that devices were woken for, that ended long ago. */
@Component
class WakeUpHousekeeping {

    private static final int BATCH = 5_000;

    /** How much later than its end a deployment may be heard of. */
    private static final Duration BELATED = Duration.ofDays(3);

    private final WakeUps wakeUps;
    private final WakeUpProperties properties;
    private final Clock clock;

    WakeUpHousekeeping(WakeUps wakeUps, WakeUpProperties properties, Clock clock) {
        this.wakeUps = wakeUps;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forget() {
        Instant now = clock.instant();
        int forgotten;
        do {
            forgotten = wakeUps.forgetFinishedBefore(now.minus(properties.history()), BATCH);
        } while (forgotten == BATCH);
        do {
            forgotten = wakeUps.forgetDeploymentsEndedBefore(now.minus(BELATED), BATCH);
        } while (forgotten == BATCH);
    }
}
