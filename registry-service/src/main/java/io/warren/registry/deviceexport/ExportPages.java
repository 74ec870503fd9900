package io.warren.registry.deviceexport;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Columns;
import io.warren.registry.presence.Presence;
import io.warren.registry.presence.Presences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A tenant's devices for an export, a page at a time, each page as it is when it is read. */
@Repository
class ExportPages {

    /** How many devices a page has at the most. */
    static final int SIZE = 250;

    private static final String COLUMNS =
            "SELECT id, type, name, enabled, tags, identifiers, gateway, created_at, version FROM device ";

    private final JdbcClient jdbc;
    private final Presences presences;
    private final ObjectReader texts;

    ExportPages(JdbcClient jdbc, Presences presences, JsonMapper json) {
        this.jdbc = jdbc;
        this.presences = presences;
        this.texts = json.readerForMapOf(String.class);
    }

    /**
     * The next devices, in the order of their ids.
     *
     * @param last the one that is known already; absent at the beginning
     * @param withPresence whether it matters who is there
     */
    List<ExportedDevice> after(TenantId tenant, @Nullable DeviceId last, boolean withPresence) {
        return complete(
                tenant,
                jdbc.sql(COLUMNS + "WHERE tenant = ? AND id > ? ORDER BY id LIMIT ?")
                        .params(tenant.value(), last == null ? "" : last.value(), SIZE)
                        .query((row, _) -> device(row))
                        .list(),
                withPresence);
    }

    /** Some devices, in the order of their ids; those that are gone are left out. */
    List<ExportedDevice> of(TenantId tenant, List<DeviceId> ids, boolean withPresence) {
        return complete(
                tenant,
                jdbc.sql(COLUMNS + "WHERE tenant = ? AND id = ANY(?) ORDER BY id")
                        .param(tenant.value())
                        .param(Columns.of(ids, DeviceId::value))
                        .query((row, _) -> device(row))
                        .list(),
                withPresence);
    }

    private List<ExportedDevice> complete(TenantId tenant, List<ExportedDevice> page, boolean withPresence) {
        if (!withPresence) {
            return page;
        }
        Map<DeviceId, Presence> there =
                presences.of(tenant, page.stream().map(ExportedDevice::id).toList());
        return page.stream()
                .map(device -> device.with(there.getOrDefault(device.id(), Presence.NEVER)))
                .toList();
    }

    /** The keys of all the tenant's tags, in order: up to so many. */
    List<String> tagKeys(TenantId tenant, int limit) {
        return keys("tags", tenant, limit);
    }

    /** The keys of all the tenant's identifiers, in order: up to so many. */
    List<String> identifierKeys(TenantId tenant, int limit) {
        return keys("identifiers", tenant, limit);
    }

    private List<String> keys(String column, TenantId tenant, int limit) {
        return jdbc.sql("SELECT DISTINCT key FROM device, jsonb_object_keys(" + column
                        + ") AS key WHERE tenant = ? ORDER BY key LIMIT ?")
                .params(tenant.value(), limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private ExportedDevice device(ResultSet row) throws SQLException {
        String gateway = row.getString("gateway");
        return new ExportedDevice(
                new DeviceId(row.getString("id")),
                row.getString("type"),
                row.getString("name"),
                row.getBoolean("enabled"),
                texts.readValue(row.getString("tags")),
                texts.readValue(row.getString("identifiers")),
                gateway == null ? null : new DeviceId(gateway),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("version"),
                Presence.NEVER);
    }
}
