package io.warren.contracts.registry;

import java.time.Instant;

/**
 * Nothing has been heard of a device for longer than its type allows, or it is heard again: {@code presence.silent.v1}, once, and then
 * {@code presence.heard.v1} on {@code registry.events}.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param epoch the number of the device's newest connection
 * @param since when the time was over for which that may be
 * @param at when it was noticed, or when the device was heard again
 */
public record SilenceEvent(String tenant, String device, long epoch, Instant since, Instant at) {

    /** Routing key and AMQP type of the event for a device of which nothing has been heard for too long. */
    public static final String SILENT = "presence.silent.v1";

    /** Routing key and AMQP type of the event for a device that is heard again. */
    public static final String HEARD = "presence.heard.v1";
}
