package io.warren.registry.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.registry.presence.Presence;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device as callers see it.
 *
 * @param id its id
 * @param type the name of its device type
 * @param name its name for people, if it has one
 * @param tags its labels
 * @param identifiers its physical identifiers
 * @param gateway the gateway device it sits behind, if any
 * @param enabled whether it may connect
 * @param connected whether it has a connection of its own now
 * @param lastSeenAt when something was last heard of it; absent if never
 * @param flapping whether it connects again and again
 * @param silent whether nothing has been heard of it for longer than its type allows
 * @param firmware what is known of the firmware on it
 * @param createdAt when it was made
 * @param version the version of its description
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceView(
        DeviceId id,
        String type,
        @Nullable String name,
        Map<String, String> tags,
        Map<String, String> identifiers,
        @Nullable DeviceId gateway,
        boolean enabled,
        boolean connected,
        @Nullable Instant lastSeenAt,
        boolean flapping,
        boolean silent,
        Map<String, Object> firmware,
        Instant createdAt,
        long version) {

    static DeviceView of(Device device, Presence presence) {
        DeviceDescription description = device.description();
        return new DeviceView(
                device.address().device(),
                description.type(),
                description.name(),
                description.tags(),
                description.identifiers(),
                description.gateway(),
                device.enabled(),
                presence.connected(),
                presence.lastSeenAt(),
                presence.flapping(),
                presence.silent(),
                device.firmware(),
                device.createdAt(),
                device.version());
    }
}
