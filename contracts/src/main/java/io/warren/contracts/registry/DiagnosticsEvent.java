package io.warren.contracts.registry;

import java.time.Instant;

/**
 * A device has sent the bundle of diagnostics that it was asked for: {@code diagnostics.received.v1} on {@code registry.events}.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param diagnostics the id of the bundle
 * @param command the id of the command that asked for it
 * @param size in bytes
 * @param sha256 of the bytes, in hexadecimal digits
 * @param contentType what the device says that it is
 * @param at when all of it had arrived
 */
public record DiagnosticsEvent(
        String tenant,
        String device,
        String diagnostics,
        String command,
        long size,
        String sha256,
        String contentType,
        Instant at) {

    /** Routing key and AMQP type of the event. */
    public static final String RECEIVED = "diagnostics.received.v1";
}
