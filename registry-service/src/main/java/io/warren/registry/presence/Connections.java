package io.warren.registry.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
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

    /** Notes a connection; answers its epoch, or nothing if it is known already, be it as closed. */
    OptionalLong open(DeviceAddress address, Connection connection) {
        return jdbc
                .sql("""
                        INSERT INTO connection (tenant, device, name, address, protocol, connected_at)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING epoch""")
                .param(address.tenant().value())
                .param(address.device().value())
                .param(connection.name())
                .param(connection.from())
                .param(connection.protocol())
                .param(Timestamp.from(connection.connectedAt()))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Notes the end of a connection, known or not. */
    void close(DeviceAddress address, Connection connection, Instant at, @Nullable String cause) {
        jdbc.sql("""
                        INSERT INTO connection (tenant, device, name, address, protocol, connected_at, disconnected_at, cause)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, device, name, connected_at)
                        DO UPDATE SET disconnected_at = excluded.disconnected_at, cause = excluded.cause
                        WHERE connection.disconnected_at IS NULL""")
                .param(address.tenant().value())
                .param(address.device().value())
                .param(connection.name())
                .param(connection.from())
                .param(connection.protocol())
                .param(Timestamp.from(connection.connectedAt()))
                .param(Timestamp.from(at))
                .param(cause)
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
