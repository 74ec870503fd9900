package io.warren.registry.statechange;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as it stands in a list of them, without the way back.
 *
 * @param number the place of the change among all of the device
 * @param side what has changed
 * @param version the version of that side after it
 * @param patch what has changed, no more
 * @param at when
 * @param by whose doing it is
 * @param isLast whether there is none before it
 */
public record PastChange(
        long number, Side side, long version, ObjectNode patch, Instant at, String by, boolean isLast) {}
