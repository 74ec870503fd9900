package io.warren.contracts.registry;

import java.time.Instant;

/**
 * A device connects again and again, or does so no longer: {@code presence.flapping.v1}, once, when it begins, and
 * {@code presence.steady.v1} on {@code registry.events}.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param epoch the number of the device's newest connection
 * @param since when it was noticed to do so
 * @param connects how often it has connected: within the time that is looked at before it was noticed, and since then
 * @param at when that was
 */
public record FlappingEvent(String tenant, String device, long epoch, Instant since, int connects, Instant at) {

    /** Routing key and AMQP type of the event for a device that connects again and again. */
    public static final String FLAPPING = "presence.flapping.v1";

    /** Routing key and AMQP type of the event for a device that does so no longer. */
    public static final String STEADY = "presence.steady.v1";
}
