package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device type came, changed or went: {@code devicetype.updated.v1} and {@code devicetype.deleted.v1} on
 * {@code registry.events}. It carries the whole type as it is after the change, so that a consumer keeps the newest
 * {@code version} and needs no other event. {@code generic}, which every tenant has and none can change, is in no event.
 *
 * @param tenant the tenant that owns the type
 * @param type the type's name in that tenant
 * @param version grows by at least one with each change of this type, across deletion and making it anew too
 * @param name a name for people, if it has one
 * @param payloadFormat what telemetry is when the message does not say so: {@code json}, {@code cbor}, {@code senml+json} or
 *     {@code senml+cbor}
 * @param streams by stream, an object whose {@code schemas} are its versions, growing: {@code version}, a number, and
 *     {@code schema}, a JSON Schema of draft 2020-12
 * @param commands by command, an object with {@code description}, {@code args} and {@code result}, the last two JSON Schemas
 * @param defaultDesiredState the desired state that a new device begins with, a JSON object
 * @param offlineAfter seconds of silence after which a device is conspicuous
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceTypeEvent(
        String tenant,
        String type,
        long version,
        @Nullable String name,
        String payloadFormat,
        Map<String, ?> streams,
        Map<String, ?> commands,
        @Nullable Object defaultDesiredState,
        @Nullable Long offlineAfter,
        Instant at) {

    /** Routing key and AMQP type of the event for a new or changed device type. */
    public static final String UPDATED = "devicetype.updated.v1";

    /** Routing key and AMQP type of the event for a deleted device type. */
    public static final String DELETED = "devicetype.deleted.v1";
}
