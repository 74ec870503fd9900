package io.warren.registry.wakeup;

import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets wake-ups that ended long ago. */
@Component
class WakeUpHousekeeping {

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
        wakeUps.forgetFinishedBefore(clock.instant().minus(properties.history()));
    }
}
