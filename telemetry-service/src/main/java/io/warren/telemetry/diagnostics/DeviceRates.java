package io.warren.telemetry.diagnostics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.telemetry.body.Reason;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How much each device sends. Counted by when it arrived at the broker: a backlog that is worked off costs nobody anything. A
 * device behind a gateway is counted by itself, and all together for the gateway as well, or it would only have to make up names.
 */
@Component
class DeviceRates {

    /** Over how long it is counted. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** How many times as much all devices behind a gateway may send together. */
    private static final int GATEWAY_SHARE = 10;

    private static final int WINDOWS = 100_000;

    private final DiagnosticProperties properties;
    private final Cache<Window, Sent> windows =
            Caffeine.newBuilder().maximumSize(WINDOWS).expireAfterWrite(WINDOW).build();
    private final Cache<Window, Boolean> told =
            Caffeine.newBuilder().maximumSize(WINDOWS).expireAfterWrite(WINDOW).build();

    DeviceRates(DiagnosticProperties properties) {
        this.properties = properties;
    }

    /**
     * Counts a message, and says whether it is not too much.
     *
     * @param kind what it is of: each kind is counted by itself
     * @param entries how many lines or events are in it
     */
    boolean admit(DiagnosticMessage message, String kind, int entries) {
        boolean own = count(window(message, message.sender(), kind), message, entries, 1);
        if (message.topic().route().gateway() == null) {
            return own;
        }
        boolean together = count(window(message, message.connection(), "via " + kind), message, entries, GATEWAY_SHARE);
        return own && together;
    }

    /** Whether this is the first that is refused for a reason of those of its device in its time. */
    boolean isFirst(DiagnosticMessage message, Reason reason) {
        return told.asMap().putIfAbsent(window(message, message.connection(), reason.wireName()), true) == null;
    }

    private boolean count(Window window, DiagnosticMessage message, int entries, int share) {
        Sent sent = windows.asMap()
                .merge(
                        window,
                        new Sent(entries, message.body().length),
                        (before, now) -> new Sent(before.entries() + now.entries(), before.bytes() + now.bytes()));
        return sent.entries() <= (long) share * properties.deviceEntries()
                && sent.bytes() <= share * properties.deviceSize().toBytes();
    }

    private static Window window(DiagnosticMessage message, String device, String kind) {
        return new Window(message.tenant(), device, kind, Math.floorDiv(message.arrivedMillis(), WINDOW.toMillis()));
    }

    private record Window(String tenant, String device, String kind, long number) {}

    private record Sent(long entries, long bytes) {}
}
