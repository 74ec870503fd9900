package io.warren.telemetry.held;

import org.jspecify.annotations.Nullable;

/**
 * A message that waits.
 *
 * @param kind who takes it further
 * @param tenant the tenant's name
 * @param gateway the id of the gateway device that sent it
 * @param device the id of the device that it is about
 * @param routingKey its topic with dots
 * @param contentType what its sender says the body is, if it does
 * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
 * @param receivedAt its place among the messages of the device, in microseconds since 1970-01-01T00:00Z
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeldMessage(
        Kind kind,
        String tenant,
        String gateway,
        String device,
        String routingKey,
        @Nullable String contentType,
        long arrivedMillis,
        long receivedAt,
        byte[] body) {

    /** Who takes messages further. */
    public enum Kind {
        /** Ingest. */
        TELEMETRY,
        /** Whoever takes in logs and events. */
        DIAGNOSTIC
    }
}
