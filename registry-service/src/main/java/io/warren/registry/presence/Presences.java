package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Map;
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
                .sql(
                        "SELECT device, connected, last_seen_at FROM presence WHERE tenant = :tenant AND device IN (:devices)")
                .param("tenant", tenant.value())
                .param("devices", devices.stream().map(DeviceId::value).toList())
                .query((row, _) -> {
                    Timestamp seen = row.getTimestamp("last_seen_at");
                    return Map.entry(
                            new DeviceId(row.getString("device")),
                            new Presence(row.getBoolean("connected"), seen == null ? null : seen.toInstant()));
                })
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
