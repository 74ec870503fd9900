package io.warren.registry.statechange;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.StateEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of one side of a device's state.
 *
 * @param address the device
 * @param number the place of the change among all of the device: the sum of both versions after it
 * @param side what has changed
 * @param version the version of that side after it
 * @param patch what has changed, no more
 * @param wayBack the patch that undoes it
 * @param whole both sides after it, on those changes that keep them
 * @param at when; never before the change of the next smaller number
 * @param by whose doing it is
 */
public record StateChange(
        DeviceAddress address,
        long number,
        Side side,
        long version,
        ObjectNode patch,
        ObjectNode wayBack,
        @Nullable Whole whole,
        Instant at,
        String by) {

    /** Every so many changes both sides are kept whole. */
    public static final int WHOLE_EVERY = 50;

    /** Both sides after a change. */
    public record Whole(ObjectNode desired, ObjectNode reported) {}

    /** What is told of it. */
    public StateEvent event() {
        return new StateEvent(address.tenant().value(), address.device().value(), version, patch, at, by);
    }
}
