package io.warren.registry.assignment;

import io.warren.registry.background.Leases;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Begins, once a minute and by one replica, the sweeps for what nobody tells of. */
@Component
class ConfigurationSchedule {

    private static final Duration ROUND = Duration.ofSeconds(55);

    private final Sweeps sweeps;
    private final Leases leases;

    ConfigurationSchedule(Sweeps sweeps, Leases leases) {
        this.sweeps = sweeps;
        this.leases = leases;
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 20_000)
    void lookAround() {
        if (leases.take("configurations", ROUND)) {
            sweeps.beginWithoutReason();
        }
    }
}
