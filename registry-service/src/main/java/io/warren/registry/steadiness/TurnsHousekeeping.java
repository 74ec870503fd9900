package io.warren.registry.steadiness;

import io.warren.registry.background.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends, once a minute and by one replica, what has been held or counted for long enough. */
@Component
class TurnsHousekeeping {

    private static final Duration ROUND = Duration.ofSeconds(55);
    private static final int BATCH = 1_000;

    private final TurnsOnRecord turns;
    private final SteadinessProperties properties;
    private final Leases leases;
    private final Clock clock;

    TurnsHousekeeping(TurnsOnRecord turns, SteadinessProperties properties, Leases leases, Clock clock) {
        this.turns = turns;
        this.properties = properties;
        this.leases = leases;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 20_000)
    void lookAround() {
        if (!leases.take("configuration-turns", ROUND)) {
            return;
        }
        Instant now = clock.instant();
        turns.lookAtHeldBefore(now.minus(properties.hold()));
        int forgotten;
        do {
            forgotten = turns.forgetBefore(now.minus(properties.window()), BATCH);
        } while (forgotten == BATCH);
    }
}
