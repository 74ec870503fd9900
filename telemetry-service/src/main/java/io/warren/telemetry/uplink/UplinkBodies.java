package io.warren.telemetry.uplink;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads the bodies of requests, each no larger than over MQTT and all together no larger than there is room for. */
@Component
class UplinkBodies {

    /** As large as a packet may be over MQTT. */
    static final int MAX_BODY = 256 * 1024;

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Too large");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int UNIT = 1024;

    private final Semaphore room;
    private final Duration patience;

    UplinkBodies(UplinkProperties properties) {
        this.room = new Semaphore(Math.clamp(properties.memory().toBytes() / UNIT, units(MAX_BODY), Integer.MAX_VALUE));
        this.patience = properties.patience();
    }

    /**
     * Reads a body, and keeps room for it until all is done with it.
     *
     * @throws ProblemException if it is too large, or there is no room
     */
    void with(HttpServletRequest request, Consumer<byte[]> work) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > MAX_BODY) {
            throw tooLarge();
        }
        int needed = units(announced < 0 ? MAX_BODY : announced);
        enter(needed);
        try {
            byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw tooLarge();
            }
            work.accept(body);
        } finally {
            room.release(needed);
        }
    }

    private void enter(int needed) {
        boolean entered = false;
        try {
            entered = room.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw new ProblemException(ProblemKind.UNAVAILABLE, "Too much is under way. Send it again.", RETRY_AFTER);
        }
    }

    private static int units(long bytes) {
        return (int) (bytes / UNIT) + 1;
    }

    private static ProblemException tooLarge() {
        return new ProblemException(TOO_LARGE, "A message has at most " + MAX_BODY + " bytes.");
    }
}
