package io.warren.contracts.registry;

import java.time.Instant;
import java.util.List;

/**
 * Devices were put on the list of a group or taken off it: {@code group.membership.v1} on {@code registry.events}. A change of many
 * is told in several events of the same version. Devices that are deleted leave without one, and so do all of a group that is
 * deleted or becomes an expression.
 *
 * @param tenant the tenant that owns the group
 * @param group the group's name in that tenant
 * @param version the group's version from then on
 * @param joined the ids of devices that are on the list now; they and those that left are at most {@value #MOST_DEVICES}
 * @param left the ids of devices that are on it no longer
 * @param at when the change was made
 */
public record GroupMembershipEvent(
        String tenant, String group, long version, List<String> joined, List<String> left, Instant at) {

    /** Routing key and AMQP type of the event. */
    public static final String TYPE = "group.membership.v1";

    /** How many devices an event names at most. */
    public static final int MOST_DEVICES = 1_000;
}
