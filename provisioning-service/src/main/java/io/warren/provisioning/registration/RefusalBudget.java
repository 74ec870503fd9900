package io.warren.provisioning.registration;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** Whoever is turned away must not be able to fill the disk with tries, under ever new ids perhaps. */
@Component
class RefusalBudget {

    private static final int RECORDED_PER_MINUTE = 60;

    private final Clock clock;
    private long minute;
    private int recorded;

    RefusalBudget(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more refused attempt is worth a row of its own; the counter has them all. */
    synchronized boolean mayRecord() {
        long now = clock.millis() / 60_000;
        if (now != minute) {
            minute = now;
            recorded = 0;
        }
        return ++recorded <= RECORDED_PER_MINUTE;
    }
}
