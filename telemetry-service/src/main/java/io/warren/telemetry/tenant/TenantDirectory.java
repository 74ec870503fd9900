package io.warren.telemetry.tenant;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.warren.contracts.registry.TenantLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the registry says tenants may use. */
@Component
public class TenantDirectory {

    private final JdbcClient jdbc;

    TenantDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes over what an event says, unless a newer one was here before. */
    void update(String tenant, long version, boolean deleted, TenantLimits limits) {
        jdbc.sql("""
                        INSERT INTO tenant (tenant, version, deleted, max_messages_per_second, max_stored_days)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant) DO UPDATE
                        SET version = excluded.version, deleted = excluded.deleted,
                            max_messages_per_second = excluded.max_messages_per_second,
                            removed_before = CASE WHEN tenant.max_stored_days = excluded.max_stored_days
                                                  THEN tenant.removed_before END,
                            max_stored_days = excluded.max_stored_days
                        WHERE tenant.version < excluded.version""")
                .param(tenant)
                .param(version)
                .param(deleted)
                .param(limits.messagesPerSecond())
                .param(limits.storedDays())
                .update();
    }

    /** How many messages a second each tenant may send; who is not limited is left out. */
    Map<String, Long> messagesPerSecond() {
        return map("max_messages_per_second", Long.class);
    }

    /** How long the measurements of each tenant are kept; who is not limited is left out. */
    public Map<String, Duration> retentions() {
        return map("max_stored_days", Integer.class).entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Duration.ofDays(entry.getValue())));
    }

    private <T> Map<String, T> map(String column, Class<T> type) {
        return jdbc
                .sql("SELECT tenant, " + column + " FROM tenant WHERE " + column + " IS NOT NULL")
                .query((row, _) -> Map.entry(row.getString(1), row.getObject(2, type)))
                .list()
                .stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
