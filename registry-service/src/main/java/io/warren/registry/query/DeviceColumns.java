package io.warren.registry.query;

import io.warren.platform.vocabulary.DeviceVocabulary;
import io.warren.platform.vocabulary.SqlNames;
import java.util.Map;
import java.util.Set;

/** Where what is known of devices is kept. */
final class DeviceColumns {

    private static final String GROUPS =
            "ARRAY(SELECT m.group_id FROM device_group_member m WHERE m.tenant = d.tenant AND m.device = d.id ORDER BY 1)";

    /** The names of expressions as columns of {@code device d} and what is {@linkplain #joins joined} to it. */
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
                            Map.entry("device.groups", GROUPS)))
            .withMembership("device.groups", """
                    EXISTS (SELECT FROM device_group_member m
                            WHERE m.tenant = d.tenant AND m.device = d.id AND m.group_id = ?)""");

    private static final Set<String> OF_PRESENCE = Set.of("device.connected", "device.lastSeenAt");
    private static final Set<String> OF_STATE = Set.of("device.state.reported", "device.state.desired");

    /** Everything that is known of a device, in the form of {@link io.warren.platform.expression.Facts}. */
    static final String FACTS = """
            jsonb_build_object('device', jsonb_build_object(
                'id', d.id, 'type', d.type, 'name', d.name, 'tags', d.tags, 'identifiers', d.identifiers,
                'enabled', d.enabled, 'createdAt', d.created_at, 'firmware', d.firmware,
                'connected', p.connected, 'lastSeenAt', p.last_seen_at,
                'state', jsonb_build_object('reported', s.reported, 'desired', s.desired), 'groups', to_jsonb(""" + GROUPS + ")))";

    private DeviceColumns() {}

    /** What is to be joined to {@code device d}, so that these names are there. */
    static String joins(Set<String> names) {
        String joins = "";
        if (names.stream().anyMatch(OF_PRESENCE::contains)) {
            joins += " JOIN presence p ON p.tenant = d.tenant AND p.device = d.id";
        }
        if (names.stream().anyMatch(OF_STATE::contains)) {
            joins += " LEFT JOIN device_state s ON s.tenant = d.tenant AND s.device = d.id";
        }
        return joins;
    }
}
