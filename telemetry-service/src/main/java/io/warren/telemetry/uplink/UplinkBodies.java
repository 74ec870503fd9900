package io.warren.telemetry.uplink;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Reads the bodies of requests, each no larger than over MQTT and all together no larger than there is room for. A body may be slow,
 * but not for ever, and those of one tenant or device take only a part of the room.
 */
@Component
class UplinkBodies {

    /** As large as a packet may be over MQTT. */
    static final int MAX_BODY = 256 * 1024;

    private static final ProblemKind TOO_LARGE =
            new ProblemKind("content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Too large");
    private static final ProblemKind TOO_SLOW =
            new ProblemKind("request-timeout", HttpStatus.REQUEST_TIMEOUT, "Sent too slowly");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int UNIT = 1024;
    private static final int PART = 4096;

    private final Semaphore room;
    private final Shares<TenantId> tenants;
    private final Shares<DeviceAddress> devices;
    private final Duration patience;
    private final long bodyNanos;

    UplinkBodies(UplinkProperties properties) {
        this.room = new Semaphore(unitsOf(properties.memory()));
        this.tenants = new Shares<>(unitsOf(properties.tenantMemory()));
        this.devices = new Shares<>(unitsOf(properties.deviceMemory()));
        this.patience = properties.patience();
        this.bodyNanos = properties.bodyWithin().toNanos();
    }

    /**
     * Reads a body, and keeps room for it until all is done with it.
     *
     * @param sender the device that sends it
     * @throws ProblemException if it is too large or too slow, or there is no room
     */
    void with(DeviceAddress sender, HttpServletRequest request, Consumer<byte[]> work) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > MAX_BODY) {
            throw tooLarge();
        }
        int needed = units(announced < 0 ? MAX_BODY : announced);
        try (Shares.Taken _ = share(tenants, sender.tenant(), needed);
                Shares.Taken _ = share(devices, sender, needed)) {
            enter(needed);
            try {
                work.accept(read(request.getInputStream()));
            } finally {
                room.release(needed);
            }
        }
    }

    private byte[] read(InputStream body) throws IOException {
        long began = System.nanoTime();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        try {
            for (int count = body.read(part); count >= 0; count = body.read(part)) {
                whole.write(part, 0, count);
                if (whole.size() > MAX_BODY) {
                    throw tooLarge();
                }
                if (System.nanoTime() - began > bodyNanos) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
                throw tooSlow();
            }
            throw e;
        }
        return whole.toByteArray();
    }

    private static <K> Shares.Taken share(Shares<K> shares, K who, int needed) {
        return shares.take(who, needed).orElseThrow(UplinkBodies::full);
    }

    private void enter(int needed) {
        boolean entered = false;
        try {
            entered = room.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw full();
        }
    }

    private static int unitsOf(DataSize size) {
        return Math.clamp(size.toBytes() / UNIT, units(MAX_BODY), Integer.MAX_VALUE);
    }

    private static int units(long bytes) {
        return (int) (bytes / UNIT) + 1;
    }

    private static ProblemException full() {
        return new ProblemException(ProblemKind.UNAVAILABLE, "Too much is under way. Send it again.", RETRY_AFTER);
    }

    private static ProblemException tooSlow() {
        return new ProblemException(TOO_SLOW, "The rest of the message did not arrive in time.");
    }

    private static ProblemException tooLarge() {
        return new ProblemException(TOO_LARGE, "A message has at most " + MAX_BODY + " bytes.");
    }
}
