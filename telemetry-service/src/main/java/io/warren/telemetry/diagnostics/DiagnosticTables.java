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
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
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
            try {
                prune(tenant, now.minus(retention));
            } catch (CannotGetJdbcConnectionException e) {
                throw e;
            } catch (DataAccessException e) {
                log.warn("What tenant {} has kept for too long stays until the next round", tenant, e);
            }
        });
    }

    private void prune(String tenant, Instant keptFrom) {
        long removed = delete("device_log", logs, tenant, keptFrom) + delete("device_event", events, tenant, keptFrom);
        if (removed > 0) {
            log.info("Removed {} lines and events of tenant {} from before {}", removed, tenant, keptFrom);
        }
    }

    private long delete(String table, DatedPartitions days, String tenant, Instant keptFrom) {
        Timestamp first = jdbc.queryForObject(
                "SELECT min(ts) FROM " + table + " WHERE tenant = ? AND ts < ?",
                Timestamp.class,
                tenant,
                Timestamp.from(keptFrom));
        if (first == null) {
            return 0;
        }
        long deleted = 0;
        LocalDate last = LocalDate.ofInstant(keptFrom, ZoneOffset.UTC);
        for (LocalDate day = LocalDate.ofInstant(first.toInstant(), ZoneOffset.UTC);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            deleted += delete(days.nameOf(day), tenant, keptFrom);
        }
        return deleted;
    }

    /** A few at a time, by their place, which is good within one partition only. */
    private long delete(String partition, String tenant, Instant keptFrom) {
        if (!Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, partition))) {
            return 0;
        }
        long deleted = 0;
        int rows;
        do {
            rows = jdbc.update("""
                    DELETE FROM %1$s
                    WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE tenant = ? AND ts < ? LIMIT ?))
                    """.formatted(partition), tenant, Timestamp.from(keptFrom), AT_A_TIME);
            deleted += rows;
        } while (rows == AT_A_TIME);
        return deleted;
    }

    private static LocalDate day(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY_MICROS));
    }
}
