package io.warren.registry.diagnostics;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.NewestFirst;
import io.warren.registry.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All bundles that devices were asked for, and how far each is. */
@Repository
class Bundles {

    private static final String SELECT = """
            SELECT d.id, d.device, d.command, d.requested_at, d.expires_at, d.maximum_bytes, d.upload,
                   d.received_at, d.size, d.sha256, d.content_type, c.state AS answer
            FROM diagnostics d LEFT JOIN command c ON c.id = d.command
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Bundles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(DeviceAddress address, UUID id, UUID command, long maximumBytes, Instant requestedAt, Instant expiresAt) {
        jdbc.sql("""
                        INSERT INTO diagnostics (id, tenant, device, command, maximum_bytes, requested_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        id,
                        address.tenant().value(),
                        address.device().value(),
                        command,
                        maximumBytes,
                        Timestamp.from(requestedAt),
                        Timestamp.from(expiresAt))
                .update();
    }

    Optional<DiagnosticsView> find(DeviceAddress address, UUID id) {
        return jdbc.sql(SELECT + "WHERE d.tenant = ? AND d.device = ? AND d.id = ?")
                .params(address.tenant().value(), address.device().value(), id)
                .query(this::view)
                .optional();
    }

    /** A device's bundles, those asked for last first. */
    List<DiagnosticsView> of(DeviceAddress address, NewestFirst<UUID> behind, int limit) {
        return jdbc.sql(SELECT + """
                        WHERE d.tenant = ? AND d.device = ? AND (d.requested_at, d.id) < (?, ?)
                        ORDER BY d.requested_at DESC, d.id DESC LIMIT ?""")
                .params(
                        address.tenant().value(),
                        address.device().value(),
                        Timestamp.from(behind.createdAt()),
                        behind.id(),
                        limit)
                .query(this::view)
                .list();
    }

    void delete(UUID id) {
        jdbc.sql("DELETE FROM diagnostics WHERE id = ?").param(id).update();
    }

    /** What some commands ask for, by their ids; those that ask for no bundle, or for one that has arrived, are left out. */
    Map<UUID, Wanted> wantedBy(Collection<UUID> commands) {
        return jdbc
                .sql("""
                        SELECT command, id, tenant, device, maximum_bytes, expires_at FROM diagnostics
                        WHERE command = ANY (?::uuid[]) AND received_at IS NULL""")
                .param(Columns.of(commands, command -> command))
                .query((row, _) -> Map.entry(
                        row.getObject("command", UUID.class),
                        new Wanted(
                                new UploadGrant(
                                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                                        row.getObject("id", UUID.class),
                                        row.getTimestamp("expires_at").toInstant()),
                                row.getLong("maximum_bytes"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many bytes are kept of a tenant's devices, and may come of what is arriving. */
    long taken(TenantId tenant) {
        return jdbc.sql("""
                        SELECT coalesce(sum(coalesce(size, maximum_bytes)), 0) FROM diagnostics
                        WHERE tenant = ? AND upload IS NOT NULL""").param(tenant.value()).query(Long.class).single();
    }

    /** Forgets up to {@code limit} bundles that were asked for before a time, with their bytes. */
    int forgetBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM diagnostics WHERE id IN
                            (SELECT id FROM diagnostics WHERE requested_at < ? ORDER BY requested_at LIMIT ?)""").params(Timestamp.from(time), limit).update();
    }

    private DiagnosticsView view(ResultSet row, int number) throws SQLException {
        return new DiagnosticsView(
                row.getObject("id", UUID.class),
                row.getString("device"),
                row.getObject("command", UUID.class),
                status(row),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getLong("maximum_bytes"),
                instant(row.getTimestamp("received_at")),
                row.getObject("size", Long.class),
                row.getString("sha256"),
                row.getString("content_type"));
    }

    private DiagnosticsStatus status(ResultSet row) throws SQLException {
        if (row.getTimestamp("received_at") != null) {
            return DiagnosticsStatus.RECEIVED;
        }
        if (row.getObject("upload") != null) {
            return DiagnosticsStatus.UPLOADING;
        }
        String answer = row.getString("answer");
        if (answer != null && List.of("FAILED", "REJECTED", "CANCELLED").contains(answer)) {
            return DiagnosticsStatus.FAILED;
        }
        return clock.instant().isBefore(row.getTimestamp("expires_at").toInstant())
                ? DiagnosticsStatus.REQUESTED
                : DiagnosticsStatus.EXPIRED;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * What a device is to send.
     *
     * @param grant where it may send it
     * @param maximumBytes how large it may be
     */
    record Wanted(UploadGrant grant, long maximumBytes) {}
}
