package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device connected or disconnected: {@code presence.connected.v1} and {@code presence.disconnected.v1} on
 * {@code registry.events}. A device whose new connection replaces its old one is told about with a {@code connected} of a
 * larger epoch only: it was never away.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param epoch the number of the connection, growing with each connection of the device; of two events with the same epoch
 *     {@code disconnected} is the later
 * @param at when it happened, by the broker's clock; when a connection was lost without a word, when that was noticed
 * @param address the network address the connection comes from, where known
 * @param protocol what the device speaks, for example {@code MQTT 5.0}, where known
 * @param cause why it disconnected, where known: {@code revoked} or {@code disabled} when the platform closed the connection
 *     because its credential was taken away or the device was disabled, {@code lost} when it ended without a word
 * @param replaces the epoch of the connection that this one took the place of, if there was one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresenceEvent(
        String tenant,
        String device,
        long epoch,
        Instant at,
        @Nullable String address,
        @Nullable String protocol,
        @Nullable String cause,
        @Nullable Long replaces) {

    /** Routing key and AMQP type of the event for a device that is there now. */
    public static final String CONNECTED = "presence.connected.v1";

    /** Routing key and AMQP type of the event for a device that is gone. */
    public static final String DISCONNECTED = "presence.disconnected.v1";
}
