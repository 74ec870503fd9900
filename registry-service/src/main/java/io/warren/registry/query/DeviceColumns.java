package io.warren.registry.query;

import io.warren.platform.expression.DeviceVocabulary;
import io.warren.platform.expression.SqlNames;
import java.util.Map;
import java.util.Set;

/** Where what is known of devices is kept. */
final class DeviceColumns {

    /** The names of expressions as columns of {@link #tables}. */
    static final SqlNames NAMES = SqlNames.of(
            DeviceVocabulary.NAMES,
            Map.ofEntries(
                    Map.entry("device.id", "d.id"),
                    Map.entry("device.type", "d.type"),
                    Map.entry("device.name", "d.name"),
                    Map.entry("device.tags", "d.tags"),
                    Map.entry("device.identifiers", "d.identifiers"),
                    Map.entry("device.enabled", "d.enabled"),
                    Map.entry("device.createdAt", "d.created_at"),
                    Map.entry("device.firmware", "d.firmware"),
                    Map.entry("device.connected", "p.connected"),
                    Map.entry("device.lastSeenAt", "p.last_seen_at"),
                    Map.entry("device.state.reported", "s.reported"),
                    Map.entry("device.state.desired", "s.desired"),
                    Map.entry("device.groups", "CAST('{}' AS text[])")));

    private static final Set<String> OF_PRESENCE = Set.of("device.connected", "device.lastSeenAt");
    private static final Set<String> OF_STATE = Set.of("device.state.reported", "device.state.desired");

    private DeviceColumns() {}

    /** The tables in which these names are. */
    static String tables(Set<String> names) {
        String tables = "device d";
        if (names.stream().anyMatch(OF_PRESENCE::contains)) {
            tables += " JOIN presence p ON p.tenant = d.tenant AND p.device = d.id";
        }
        if (names.stream().anyMatch(OF_STATE::contains)) {
            tables += " LEFT JOIN device_state s ON s.tenant = d.tenant AND s.device = d.id";
        }
        return tables;
    }
}
