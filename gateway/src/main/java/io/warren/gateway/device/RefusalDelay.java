package io.warren.gateway.device;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Slows down who tries one thing after the other. */
@Component
class RefusalDelay {

    private static final int HELD_AT_ONCE = 200;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-refusals", HttpStatus.TOO_MANY_REQUESTS, "Too many refused attempts");

    private final Semaphore room = new Semaphore(HELD_AT_ONCE);
    private final Duration delay;

    RefusalDelay(DeviceSignInProperties properties) {
        this.delay = properties.refusalDelay();
    }

    /** Holds a refused request back; its thread is virtual, and there is room for so many only. */
    void hold() {
        if (!room.tryAcquire()) {
            throw new ProblemException(TOO_MANY, "Too many sign-ins are being refused at the moment.", RETRY_AFTER);
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }
}
