package io.warren.telemetry.diagnostics;

import io.warren.platform.database.DatedPartitions;
import io.warren.telemetry.tenant.TenantDirectory;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The daily partitions of logs and events, and what is removed of them: whole days when they have outlived the platform's retention,
 * row by row what tenants keep for less.
 */
@Component
class DiagnosticTables {

    private static final Logger log = LoggerFactory.getLogger(DiagnosticTables.class);
    private static final int DAYS_AHEAD = 3;
    private static final int AT_A_TIME = 10_000;
    private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1000;

    private final JdbcTemplate jdbc;
    private final DiagnosticProperties properties;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final DatedPartitions logs;
    private final DatedPartitions events;

    DiagnosticTables(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DiagnosticProperties properties,
            TenantDirectory tenants,
            Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.tenants = tenants;
        this.clock = clock;
        this.logs = new DatedPartitions(jdbc, transaction, "device_log", DatedPartitions.Span.DAY);
        this.events = new DatedPartitions(jdbc, transaction, "device_event", DatedPartitions.Span.DAY);
    }

    /** Makes sure that there are partitions for what has been read; outside the transaction that stores it. */
    void prepare(Collection<DiagnosticMessage> messages) {
        messages.stream()
                .flatMap(message -> message.lines().stream())
                .map(line -> day(line.ts()))
                .distinct()
                .forEach(logs::ensure);
        messages.stream()
                .flatMap(message -> message.events().stream())
                .map(event -> day(event.ts()))
                .distinct()
                .forEach(events::ensure);
    }

    /** Forgets which partitions there are: one may have proved to be missing. */
    void forget() {
        logs.forget();
        events.forget();
    }

    @Scheduled(initialDelay = 0, fixedDelay = 3_600_000)
    void upkeep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        logs.ensure(today, today.plusDays(DAYS_AHEAD));
        events.ensure(today, today.plusDays(DAYS_AHEAD));
        // one day more than is kept: what was accepted a moment ago still finds its day
        logs.dropBefore(today.minusDays(properties.logRetention().toDays() + 1));
        events.dropBefore(today.minusDays(properties.eventRetention().toDays() + 1));
    }

    @Scheduled(initialDelay = 300_000, fixedDelay = 3_600_000)
    void prune() {
        Instant now = clock.instant();
        tenants.retentions().forEach((tenant, retention) -> {
            Timestamp keptFrom = Timestamp.from(now.minus(retention));
            long removed = delete("device_log", tenant, keptFrom) + delete("device_event", tenant, keptFrom);
            if (removed > 0) {
                log.info("Removed {} lines and events of tenant {} from before {}", removed, tenant, keptFrom);
            }
        });
    }

    /** A few at a time, by their key: a place in one partition may be that of another row in the next. */
    private long delete(String table, String tenant, Timestamp keptFrom) {
        long deleted = 0;
        int rows;
        do {
            rows = jdbc.update("""
                    DELETE FROM %1$s d USING
                        (SELECT tenant, device, ts, key FROM %1$s WHERE tenant = ? AND ts < ? LIMIT ?) AS old
                    WHERE d.tenant = old.tenant AND d.device = old.device AND d.ts = old.ts AND d.key = old.key
                    """.formatted(table), tenant, keptFrom, AT_A_TIME);
            deleted += rows;
        } while (rows == AT_A_TIME);
        return deleted;
    }

    private static LocalDate day(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY_MICROS));
    }
}
