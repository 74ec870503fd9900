package io.warren.registry.state;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Columns;
import io.warren.registry.document.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/**
 * The states of all devices. Whoever locks more than states takes the device first, then its presence, then its state; and many
 * of a kind in the order of their names.
 */
@Repository
public class DeviceStates {

    private final JdbcClient jdbc;

    DeviceStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Both sides of a device's state, as they are now; empty if there is no such device. */
    public Optional<StateView> view(DeviceAddress address) {
        return find(address).map(DeviceState::view);
    }

    /** What devices are to be like; those that do not exist are left out. */
    public Map<DeviceAddress, VersionedDocument> desired(Set<DeviceAddress> addresses) {
        return find(addresses).values().stream().collect(toMap(DeviceState::address, DeviceState::desired));
    }

    /** The state of a device; empty if there is no such device. */
    Optional<DeviceState> find(DeviceAddress address) {
        return Optional.ofNullable(find(Set.of(address)).get(address));
    }

    private Map<DeviceAddress, DeviceState> find(Set<DeviceAddress> addresses) {
        return jdbc
                .sql("""
                        SELECT device.tenant, device.id AS device,
                               coalesce(desired, '{}')::text AS desired, desired_at, known.send_at,
                               begun::text AS begun, configured::text AS configured, own::text AS own,
                               coalesce(known.desired_version, gone.desired_version, 0) AS desired_version,
                               coalesce(reported, '{}')::text AS reported, reported_at,
                               coalesce(known.reported_version, gone.reported_version, 0) AS reported_version,
                               coalesce(heard, '{}') AS heard, heard_at
                        FROM device JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)
                        LEFT JOIN device_state AS known ON known.tenant = device.tenant AND known.device = device.id
                        LEFT JOIN deleted_device_state AS gone ON gone.tenant = device.tenant AND gone.device = device.id""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .query((row, _) -> state(row))
                .list()
                .stream()
                .collect(toMap(DeviceState::address, state -> state));
    }

    /** The state of a device that exists, locked. */
    Optional<DeviceState> lock(DeviceAddress address) {
        return Optional.ofNullable(lock(Set.of(address)).get(address));
    }

    /** The states of devices, locked; those that do not exist are left out. */
    Map<DeviceAddress, DeviceState> lock(Set<DeviceAddress> addresses) {
        begin(addresses);
        return jdbc
                .sql("""
                        SELECT tenant, device, desired::text AS desired, desired_version, desired_at,
                               begun::text AS begun, configured::text AS configured, own::text AS own,
                               reported::text AS reported, reported_version, reported_at, heard, heard_at, send_at
                        FROM device_state JOIN unnest(?, ?) AS asked (tenant, device) USING (tenant, device)
                        ORDER BY tenant, device FOR UPDATE OF device_state""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .query((row, _) -> state(row))
                .list()
                .stream()
                .collect(toMap(DeviceState::address, state -> state));
    }

    /**
     * Keeps devices from being deleted, before their states are locked, and makes rows for those that have none, with the versions
     * that an earlier device of the same id left behind.
     */
    private void begin(Set<DeviceAddress> addresses) {
        jdbc.sql("""
                        WITH held AS MATERIALIZED
                            (SELECT device.tenant, device.id FROM device JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)
                             ORDER BY tenant, id FOR KEY SHARE OF device)
                        INSERT INTO device_state (tenant, device, desired_version, reported_version)
                        SELECT held.tenant, held.id, coalesce(gone.desired_version, 0), coalesce(gone.reported_version, 0)
                        FROM held LEFT JOIN deleted_device_state AS gone ON gone.tenant = held.tenant AND gone.device = held.id
                        WHERE NOT EXISTS (SELECT FROM device_state AS known
                                          WHERE known.tenant = held.tenant AND known.device = held.id)
                        ORDER BY held.tenant, held.id ON CONFLICT DO NOTHING""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .update();
    }

    /** Puts on record what devices are to be like; their rows are locked. */
    void updateDesired(Collection<DeviceState> states) {
        jdbc.sql("""
                        UPDATE device_state
                        SET desired = changed.desired, desired_version = changed.version, desired_at = changed.at,
                            begun = changed.begun, configured = changed.configured, own = changed.own,
                            in_sync = changed.in_sync, send_at = changed.send_at, send_failures = 0
                        FROM unnest(?, ?, ?::jsonb[], ?::bigint[], ?::timestamptz[], ?::jsonb[], ?::jsonb[], ?::jsonb[],
                                    ?::boolean[], ?::timestamptz[])
                             AS changed (tenant, device, desired, version, at, begun, configured, own, in_sync, send_at)
                        WHERE device_state.tenant = changed.tenant AND device_state.device = changed.device""")
                .param(Columns.of(states, state -> state.address().tenant()))
                .param(Columns.of(states, state -> state.address().device()))
                .param(Columns.of(
                        states, state -> Documents.write(state.desired().state())))
                .param(Columns.of(states, state -> state.desired().version()))
                .param(Columns.of(states, state -> state.desired().at()))
                .param(Columns.of(
                        states, state -> layer(state.layers(), state.layers().begun())))
                .param(Columns.of(
                        states, state -> layer(state.layers(), state.layers().configured())))
                .param(Columns.of(
                        states, state -> layer(state.layers(), state.layers().own())))
                .param(Columns.of(states, DeviceState::inSync))
                .param(Columns.of(states, DeviceState::sendAt))
                .update();
    }

    /** Where there is only one layer, it is the desired state itself, and not kept twice. */
    private static @Nullable String layer(Layers layers, ObjectNode layer) {
        return layers.areOne() ? null : Documents.write(layer);
    }

    /** Puts on record what devices have said that they are like; their rows are locked. */
    void updateReported(Collection<DeviceState> states) {
        jdbc.sql("""
                        UPDATE device_state
                        SET reported = changed.reported, reported_version = changed.version, reported_at = changed.at,
                            in_sync = changed.in_sync
                        FROM unnest(?, ?, ?::jsonb[], ?::bigint[], ?::timestamptz[], ?::boolean[])
                             AS changed (tenant, device, reported, version, at, in_sync)
                        WHERE device_state.tenant = changed.tenant AND device_state.device = changed.device""")
                .param(Columns.of(states, state -> state.address().tenant()))
                .param(Columns.of(states, state -> state.address().device()))
                .param(Columns.of(
                        states, state -> Documents.write(state.reported().state())))
                .param(Columns.of(states, state -> state.reported().version()))
                .param(Columns.of(states, state -> state.reported().at()))
                .param(Columns.of(states, DeviceState::inSync))
                .update();
    }

    /** Puts on record which messages of devices are handled; their rows are locked. */
    void updateHeard(Collection<DeviceState> states) {
        jdbc.sql("""
                        UPDATE device_state SET heard = said.heard::bigint[], heard_at = said.at
                        FROM unnest(?, ?, ?, ?::timestamptz[]) AS said (tenant, device, heard, at)
                        WHERE device_state.tenant = said.tenant AND device_state.device = said.device""")
                .param(Columns.of(states, state -> state.address().tenant()))
                .param(Columns.of(states, state -> state.address().device()))
                .param(Columns.of(
                        states,
                        state -> state.heard().messages().stream()
                                .map(String::valueOf)
                                .collect(joining(",", "{", "}"))))
                .param(Columns.of(states, state -> state.heard().at()))
                .update();
    }

    /**
     * Remembers the versions of a device that is about to be deleted. Whoever is changing its state holds the device, and is
     * waited for.
     */
    void leave(DeviceAddress address) {
        jdbc.sql("SELECT true FROM device WHERE tenant = ? AND id = ? FOR UPDATE")
                .params(address.tenant().value(), address.device().value())
                .query(Boolean.class)
                .optional();
        // to have nothing left is one more change
        jdbc.sql("""
                        INSERT INTO deleted_device_state (tenant, device, desired_version, reported_version)
                        SELECT tenant, device, desired_version + 1, reported_version + 1 FROM device_state
                        WHERE tenant = ? AND device = ?
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET desired_version = excluded.desired_version, reported_version = excluded.reported_version""").params(address.tenant().value(), address.device().value()).update();
    }

    private static DeviceState state(ResultSet row) throws SQLException {
        return new DeviceState(
                DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                layers(row),
                new VersionedDocument(
                        row.getLong("desired_version"),
                        Documents.readDocument(row.getString("desired")),
                        instant(row, "desired_at")),
                new VersionedDocument(
                        row.getLong("reported_version"),
                        Documents.readDocument(row.getString("reported")),
                        instant(row, "reported_at")),
                new Heard(List.of((Long[]) row.getArray("heard").getArray()), instant(row, "heard_at")),
                instant(row, "send_at"));
    }

    private static Layers layers(ResultSet row) throws SQLException {
        String begun = row.getString("begun");
        String configured = row.getString("configured");
        String own = row.getString("own");
        return begun == null || configured == null || own == null
                ? Layers.of(Documents.readDocument(row.getString("desired")))
                : new Layers(
                        Documents.readDocument(begun), Documents.readDocument(configured), Documents.readDocument(own));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
