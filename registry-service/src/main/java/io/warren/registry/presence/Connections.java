package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every connection that there was, for as long as history is kept. */
@Repository
class Connections {

    private final JdbcClient jdbc;

    Connections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that connections were opened.
     *
     * @param opened no two of the same device
     * @return their epochs, without those that are known already, be it as closed
     */
    Map<DeviceAddress, Long> open(List<ConnectionChange> opened) {
        if (opened.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql("""
                        INSERT INTO connection (tenant, device, name, address, protocol, connected_at)
                        SELECT * FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[])
                        ON CONFLICT DO NOTHING RETURNING tenant, device, epoch""").params(identity(opened)).query(Connections::epoch).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Takes back that connections were lost.
     *
     * @param listed connections that the broker has after all, no two of the same device
     * @return the new epochs of those that were thought lost
     */
    Map<DeviceAddress, Long> openAgain(List<ConnectionChange> listed) {
        if (listed.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        UPDATE connection SET epoch = nextval('connection_epoch'), disconnected_at = NULL, cause = NULL
                        FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[])
                             AS listed (tenant, device, name, address, protocol, connected_at)
                        WHERE connection.tenant = listed.tenant AND connection.device = listed.device
                          AND connection.name = listed.name AND connection.connected_at = listed.connected_at
                          AND cause = ?
                        RETURNING connection.tenant, connection.device, epoch""")
                .params(identity(listed))
                .param(ConnectionChange.LOST)
                .query(Connections::epoch)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Notes the end of connections, known or not.
     *
     * @param closed no two of the same device
     */
    void close(List<ConnectionChange> closed) {
        if (closed.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO connection (tenant, device, name, address, protocol, connected_at, disconnected_at, cause)
                        SELECT * FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[], ?::timestamptz[], ?)
                        ON CONFLICT (tenant, device, name, connected_at)
                        DO UPDATE SET disconnected_at = excluded.disconnected_at, cause = excluded.cause
                        WHERE connection.disconnected_at IS NULL""")
                .params(identity(closed))
                .param(Columns.of(closed, ConnectionChange::closedAt))
                .param(Columns.of(closed, ConnectionChange::cause))
                .update();
    }

    /** A device's connections, the newest first, from below an epoch. */
    List<ConnectionView> of(DeviceAddress address, long below, int limit) {
        return jdbc.sql("""
                        SELECT epoch, address, protocol, connected_at, disconnected_at, cause FROM connection
                        WHERE tenant = ? AND device = ? AND epoch < ? ORDER BY epoch DESC LIMIT ?""")
                .params(address.tenant().value(), address.device().value(), below, limit)
                .query((row, _) -> {
                    Timestamp end = row.getTimestamp("disconnected_at");
                    return new ConnectionView(
                            row.getLong("epoch"),
                            row.getString("address"),
                            row.getString("protocol"),
                            row.getTimestamp("connected_at").toInstant(),
                            end == null ? null : end.toInstant(),
                            row.getString("cause"));
                })
                .list();
    }

    int forgetBefore(Instant time) {
        return jdbc.sql("DELETE FROM connection WHERE disconnected_at < ?")
                .param(Timestamp.from(time))
                .update();
    }

    private static Map.Entry<DeviceAddress, Long> epoch(ResultSet row, int number) throws SQLException {
        return Map.entry(DeviceAddress.of(row.getString("tenant"), row.getString("device")), row.getLong("epoch"));
    }

    private static List<Object> identity(List<ConnectionChange> news) {
        return List.of(
                Columns.of(news, change -> change.address().tenant()),
                Columns.of(news, change -> change.address().device()),
                Columns.of(news, change -> change.connection().name()),
                Columns.of(news, change -> change.connection().from()),
                Columns.of(news, change -> change.connection().protocol()),
                Columns.of(news, change -> change.connection().connectedAt()));
    }

    /** A connection as callers see it; without an end it is still open, or was taken over a moment ago. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConnectionView(
            long epoch,
            @Nullable String address,
            @Nullable String protocol,
            Instant connectedAt,
            @Nullable Instant disconnectedAt,
            @Nullable String cause) {}
}
