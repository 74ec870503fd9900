package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.RegistryProblems;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which devices are there. */
@Repository
public class Presences {

    private final JdbcClient jdbc;

    Presences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins to keep account of a new device, in the transaction that makes it. */
    public void begin(DeviceAddress address) {
        jdbc.sql("INSERT INTO presence (tenant, device) VALUES (?, ?)")
                .params(address.tenant().value(), address.device().value())
                .update();
    }

    /** The presence of some of a tenant's devices; those that do not exist are left out. */
    public Map<DeviceId, Presence> of(TenantId tenant, Collection<DeviceId> devices) {
        if (devices.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        SELECT device, connected, last_seen_at FROM presence
                        WHERE tenant = :tenant AND device IN (:devices)""")
                .param("tenant", tenant.value())
                .param("devices", devices.stream().map(DeviceId::value).toList())
                .query((row, _) -> Map.entry(
                        new DeviceId(row.getString("device")),
                        new Presence(row.getBoolean("connected"), instant(row, "last_seen_at"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Makes sure that there is such a device, connected or not; the problem of an unknown one otherwise. */
    void require(DeviceAddress address) {
        if (of(address.tenant(), List.of(address.device())).isEmpty()) {
            throw RegistryProblems.deviceNotFound(address);
        }
    }

    /**
     * Whether a device is there. It neither comes nor goes until the transaction ends, so that whoever acts on the answer and
     * whoever acts on its coming do not miss each other.
     */
    public boolean holdConnected(DeviceAddress address) {
        return jdbc.sql("SELECT connected FROM presence WHERE tenant = ? AND device = ? FOR SHARE")
                .params(address.tenant().value(), address.device().value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Locks what is on record of a device; empty if there is no such device. The device itself comes first, in the order of
     * whoever deletes it, or the two would wait for each other.
     */
    Optional<OnRecord> lock(DeviceAddress address) {
        return jdbc.sql("""
                        WITH held AS MATERIALIZED
                            (SELECT tenant, id FROM device WHERE tenant = ? AND id = ? FOR KEY SHARE)
                        SELECT connected, epoch, connection_name, connected_at
                        FROM presence JOIN held ON presence.tenant = held.tenant AND device = held.id
                        FOR UPDATE OF presence""")
                .params(address.tenant().value(), address.device().value())
                .query((row, _) -> onRecord(row))
                .optional();
    }

    void connected(DeviceAddress address, Connection connection, long epoch) {
        jdbc.sql("""
                        UPDATE presence SET connected = true, epoch = ?, connection_name = ?, connected_at = ?,
                                            last_seen_at = greatest(last_seen_at, ?)
                        WHERE tenant = ? AND device = ?""")
                .params(
                        epoch,
                        connection.name(),
                        Timestamp.from(connection.connectedAt()),
                        Timestamp.from(connection.connectedAt()),
                        address.tenant().value(),
                        address.device().value())
                .update();
    }

    void disconnected(DeviceAddress address, Instant at) {
        jdbc.sql("""
                        UPDATE presence SET connected = false, last_seen_at = greatest(last_seen_at, ?)
                        WHERE tenant = ? AND device = ?""")
                .params(
                        Timestamp.from(at),
                        address.tenant().value(),
                        address.device().value())
                .update();
    }

    /** Every device that is on record as connected, with its connection. */
    Map<DeviceAddress, Connection> allConnected() {
        Map<DeviceAddress, Connection> all = new HashMap<>();
        jdbc.sql("SELECT tenant, device, connection_name, connected_at FROM presence WHERE connected")
                .query(row -> {
                    Instant connectedAt = instant(row, "connected_at");
                    if (connectedAt != null) {
                        all.put(
                                DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                                new Connection(row.getString("connection_name"), connectedAt, null, null));
                    }
                });
        return all;
    }

    private static OnRecord onRecord(ResultSet row) throws SQLException {
        return new OnRecord(
                row.getBoolean("connected"),
                row.getLong("epoch"),
                row.getString("connection_name"),
                instant(row, "connected_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * What is on record of a device.
     *
     * @param connected whether it is there
     * @param epoch of its connection, or of its last one
     * @param name of that connection; absent if there never was one
     * @param connectedAt when that was opened
     */
    record OnRecord(
            boolean connected,
            long epoch,
            @Nullable String name,
            @Nullable Instant connectedAt) {

        /** A connection takes the place of the one on record, unless that one is the younger: news may come out of order. */
        boolean yieldsTo(Connection connection) {
            return !connected || connectedAt == null || !connectedAt.isAfter(connection.connectedAt());
        }

        boolean isBy(Connection connection) {
            return connected
                    && connection.name().equals(name)
                    && connection.connectedAt().equals(connectedAt);
        }
    }
}
