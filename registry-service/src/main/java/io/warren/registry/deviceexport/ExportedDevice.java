package io.warren.registry.deviceexport;

import io.warren.contracts.device.DeviceId;
import io.warren.registry.presence.Presence;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A device as it is exported. */
record ExportedDevice(
        DeviceId id,
        String type,
        @Nullable String name,
        boolean enabled,
        Map<String, String> tags,
        Map<String, String> identifiers,
        @Nullable DeviceId gateway,
        Instant createdAt,
        long version,
        Presence presence) {

    /** The same device, and whether it is there. */
    ExportedDevice with(Presence known) {
        return new ExportedDevice(id, type, name, enabled, tags, identifiers, gateway, createdAt, version, known);
    }

    /** What stands in a column; nothing if the device has nothing there. */
    @Nullable
    Object value(ExportColumn column) {
        return switch (column) {
            case ExportColumn.Member member -> value(member);
            case ExportColumn.Tag tag -> tags.get(tag.key());
            case ExportColumn.Identifier identifier -> identifiers.get(identifier.key());
        };
    }

    private @Nullable Object value(ExportColumn.Member member) {
        return switch (member) {
            case ID -> id;
            case TYPE -> type;
            case NAME -> name;
            case ENABLED -> enabled;
            case TAGS -> tags;
            case IDENTIFIERS -> identifiers;
            case GATEWAY -> gateway;
            case CONNECTED -> presence.connected();
            case LAST_SEEN_AT -> presence.lastSeenAt();
            case CREATED_AT -> createdAt;
            case VERSION -> version;
        };
    }
}
