package io.warren.registry.steadiness;

import io.warren.contracts.device.DeviceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often the configurations of a device came and went lately.
 *
 * @param device the device
 * @param since since when that is counted
 * @param turns how often
 * @param configurations which, with their versions
 * @param heldAt since when the device keeps those of them that it has, if it does
 */
public record Turns(
        DeviceAddress device,
        Instant since,
        int turns,
        Map<String, Long> configurations,
        @Nullable Instant heldAt) {

    /** The first time that these came or went. */
    static Turns first(DeviceAddress device, Instant now, Map<String, Long> cameOrWent) {
        return new Turns(device, now, 1, cameOrWent, null);
    }

    /** One time more, unless so much time has passed, or what somebody has changed is the reason. */
    Turns next(Instant now, Map<String, Long> cameOrWent, Duration window) {
        boolean changed = cameOrWent.entrySet().stream()
                .anyMatch(entry -> !configurations
                        .getOrDefault(entry.getKey(), entry.getValue())
                        .equals(entry.getValue()));
        if (changed || since.plus(window).isBefore(now)) {
            return first(device, now, cameOrWent);
        }
        Map<String, Long> all = new HashMap<>(configurations);
        all.putAll(cameOrWent);
        return new Turns(device, since, turns + 1, all, null);
    }

    /** Has the device keep what it has. */
    Turns held(Instant now) {
        return new Turns(device, since, turns, configurations, now);
    }

    /** Whether that is over: somebody has changed one of them, or it has been so long. */
    boolean isOver(Instant now, Map<String, Long> versions, Duration hold) {
        return heldAt != null
                && (!heldAt.plus(hold).isAfter(now)
                        || configurations.entrySet().stream()
                                .anyMatch(entry -> !entry.getValue().equals(versions.get(entry.getKey()))));
    }
}
