package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device came, changed or went: {@code device.registered.v1}, {@code device.updated.v1} and {@code device.deleted.v1} on
 * {@code registry.events}. It carries the whole device as it is after the change, so that a consumer keeps the newest
 * {@code version} and needs no other event.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param version grows by at least one with each change of this device, across deletion and new registration too
 * @param type the name of its device type
 * @param name a name for people, if it has one
 * @param tags labels given by the tenant
 * @param gateway the id of the gateway device it sits behind, if any
 * @param enabled whether it may connect
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceEvent(
        String tenant,
        String device,
        long version,
        String type,
        @Nullable String name,
        Map<String, String> tags,
        @Nullable String gateway,
        boolean enabled,
        Instant at) {

    /** The gateway device that may speak for it: none for one that may not connect itself. */
    public @Nullable String admittedGateway() {
        return enabled ? gateway : null;
    }

    /** Routing key and AMQP type of the event for a new device. */
    public static final String REGISTERED = "device.registered.v1";

    /** Routing key and AMQP type of the event for a changed device. */
    public static final String UPDATED = "device.updated.v1";

    /** Routing key and AMQP type of the event for a deleted device. */
    public static final String DELETED = "device.deleted.v1";
}
