package io.warren.contracts.registry;

import java.time.Instant;

/**
 * A device has been away for longer than its type allows, or is back: {@code presence.silent.v1}, once, and then
 * {@code presence.heard.v1} on {@code registry.events}.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param epoch the number of the device's newest connection
 * @param since when the time was over for which it may be away
 * @param at when it was noticed, or when the device came back
 */
public record SilenceEvent(String tenant, String device, long epoch, Instant since, Instant at) {

    /** Routing key and AMQP type of the event for a device that has been away for too long. */
    public static final String SILENT = "presence.silent.v1";

    /** Routing key and AMQP type of the event for a device that had been, and is back. */
    public static final String HEARD = "presence.heard.v1";
}
