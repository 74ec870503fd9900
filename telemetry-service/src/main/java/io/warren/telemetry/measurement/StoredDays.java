package io.warren.telemetry.measurement;

import io.warren.telemetry.tenant.TenantDirectory;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes what tenants with a shorter retention than the platform's have stored for too long. Partitions hold all tenants'
 * measurements of a day, so theirs are deleted row by row, day by day and a few at a time.
 */
@Component
class StoredDays {

    private static final Logger log = LoggerFactory.getLogger(StoredDays.class);
    private static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("'measurement_'yyyyMMdd");
    private static final int AT_A_TIME = 20_000;

    private final JdbcTemplate jdbc;
    private final TenantDirectory tenants;
    private final Clock clock;

    StoredDays(JdbcTemplate jdbc, TenantDirectory tenants, Clock clock) {
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 300_000, fixedDelay = 3_600_000)
    void prune() {
        tenants.retentions().forEach(this::prune);
    }

    private void prune(String tenant, Duration retention) {
        LocalDate keptFrom =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(retention.toDays() + 1);
        LocalDate first = firstDay(tenant);
        if (first == null || !first.isBefore(keptFrom)) {
            return;
        }
        long deleted = 0;
        for (LocalDate day = first; day.isBefore(keptFrom); day = day.plusDays(1)) {
            deleted += delete(tenant, day);
        }
        // another limit may have come meanwhile, and then it begins anew
        jdbc.update(
                "UPDATE tenant SET removed_before = ? WHERE tenant = ? AND max_stored_days = ?",
                Date.valueOf(keptFrom),
                tenant,
                retention.toDays());
        log.info("Removed {} measurements of tenant {} from before {}", deleted, tenant, keptFrom);
    }

    /** The first day on which a tenant may have something stored. */
    private @Nullable LocalDate firstDay(String tenant) {
        Date first = jdbc.queryForObject("""
                SELECT greatest(min(first_day), (SELECT removed_before FROM tenant WHERE tenant = ?))
                FROM series WHERE tenant = ?""", Date.class, tenant, tenant);
        return first == null ? null : first.toLocalDate();
    }

    private long delete(String tenant, LocalDate day) {
        String partition = PARTITION.format(day);
        if (!Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, partition))) {
            return 0;
        }
        long deleted = 0;
        int rows;
        do {
            rows = jdbc.update("""
                    DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT m.ctid FROM series s JOIN %1$s m ON m.series_id = s.id
                                                             WHERE s.tenant = ? LIMIT ?))""".formatted(partition), tenant, AT_A_TIME);
            deleted += rows;
        } while (rows == AT_A_TIME);
        return deleted;
    }
}
