package io.warren.registry.usage;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.telemetry.UsageEvent;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What tenants' devices sent, by day, as the telemetry service counts it. */
@Repository
class DailyUsage {

    private final JdbcClient jdbc;

    DailyUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes over a count, unless a newer one was here before: counts only grow. */
    void update(UsageEvent counted) {
        jdbc.sql("""
                        INSERT INTO tenant_usage (tenant, day, messages, measurements, refused, bytes)
                        SELECT id, ?, ?, ?, ?, ? FROM tenant WHERE id = ?
                        ON CONFLICT (tenant, day) DO UPDATE
                        SET messages = excluded.messages, measurements = excluded.measurements,
                            refused = excluded.refused, bytes = excluded.bytes
                        WHERE tenant_usage.messages < excluded.messages""")
                .params(
                        Date.valueOf(counted.day()),
                        counted.messages(),
                        counted.measurements(),
                        counted.refused(),
                        counted.bytes(),
                        counted.tenant())
                .update();
    }

    /** A tenant's days from one to another, both included, the oldest first; days without messages are left out. */
    List<Day> of(TenantId tenant, LocalDate from, LocalDate to) {
        return jdbc.sql("SELECT * FROM tenant_usage WHERE tenant = ? AND day BETWEEN ? AND ? ORDER BY day")
                .params(tenant.value(), Date.valueOf(from), Date.valueOf(to))
                .query((row, _) -> new Day(
                        row.getDate("day").toLocalDate(),
                        row.getLong("messages"),
                        row.getLong("measurements"),
                        row.getLong("refused"),
                        row.getLong("bytes")))
                .list();
    }

    /**
     * A day in UTC.
     *
     * @param messages how many telemetry messages arrived
     * @param measurements how many measurements were in them
     * @param refused how many of the messages had nothing in them that could be stored
     * @param bytes how long their bodies were in all
     */
    record Day(LocalDate day, long messages, long measurements, long refused, long bytes) {}
}
