package io.warren.contracts.registry;

import java.time.Instant;

/**
 * One side of a device's state changed: {@code state.desired.v1} and {@code state.reported.v1} on {@code registry.events}. A
 * message that changes nothing is told about to nobody. When a device is deleted its state goes without events of its own.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param version grows by one with each change of this side, so that who has all up to it lacks none; when a deleted device's
 *     id comes again, it goes on from a larger one, with a state of nothing
 * @param patch what has changed, no more, as a JSON merge patch (RFC 7396): an object of up to about 64 KiB
 * @param at when it changed
 * @param changedBy whose doing it is: {@code device}, a caller, or {@code configuration:} and the ids of up to five configurations
 *     that came, went or changed, with commas between them
 */
public record StateEvent(String tenant, String device, long version, Object patch, Instant at, String changedBy) {

    /** Routing key and AMQP type of the event for what a device is to be like. */
    public static final String DESIRED = "state.desired.v1";

    /** Routing key and AMQP type of the event for what a device says it is like. */
    public static final String REPORTED = "state.reported.v1";
}
