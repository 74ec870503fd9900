package io.warren.provisioning.bruteforce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts and slows down whoever is turned away, at a cost for us that is bounded. */
@Component
class RefusalHold {

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-refusals", HttpStatus.TOO_MANY_REQUESTS, "Too many refused attempts");
    private static final int HELD_AT_ONCE = 200;

    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();
    private final Semaphore room = new Semaphore(HELD_AT_ONCE);
    private final RefusalProperties properties;
    private final Counter refusals;

    RefusalHold(RefusalProperties properties, MeterRegistry meters) {
        this.properties = properties;
        refusals = Counter.builder("warren.bootstrap.refusals")
                .description("Attempts of devices to register that were refused")
                .register(meters);
    }

    /** Holds back a device that is turned away; its thread is virtual, and there is room for so many only. */
    void hold() {
        refusals.increment();
        if (!room.tryAcquire()) {
            throw new ProblemException(
                    TOO_MANY, "Too many attempts are being refused at the moment.", returnTimes.next());
        }
        try {
            Thread.sleep(properties.refusalDelay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }
}
