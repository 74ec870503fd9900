package io.warren.registry.assignment;

import io.warren.registry.background.Leases;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is done about configurations once a minute, by one replica. */
@Component
class ConfigurationSchedule {

    private static final Duration ROUND = Duration.ofSeconds(55);
    private static final int BATCH = 1_000;

    private final Sweeps sweeps;
    private final TurnsOnRecord turns;
    private final AssignmentProperties properties;
    private final Leases leases;
    private final Clock clock;

    ConfigurationSchedule(
            Sweeps sweeps, TurnsOnRecord turns, AssignmentProperties properties, Leases leases, Clock clock) {
        this.sweeps = sweeps;
        this.turns = turns;
        this.properties = properties;
        this.leases = leases;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 20_000)
    void lookAround() {
        if (!leases.take("configurations", ROUND)) {
            return;
        }
        sweeps.beginWithoutReason();
        turns.lookAtHeldBefore(clock.instant().minus(properties.hold()));
        int forgotten;
        do {
            forgotten = turns.forgetBefore(clock.instant().minus(properties.window()), BATCH);
        } while (forgotten == BATCH);
    }
}
