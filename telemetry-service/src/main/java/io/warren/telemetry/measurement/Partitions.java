package io.warren.telemetry.measurement;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The daily partitions of the measurements: made ahead of time for the days to come, on demand for days gone by, and dropped when
 * all in them has outlived its retention. Replicas take turns under an advisory lock.
 */
@Component
class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'measurement_'yyyyMMdd");
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtext('measurement-partitions'), hashtext(current_schema()))";

    /** A device's clock may be a day ahead, and this job may not run for a while. */
    private static final int DAYS_AHEAD = 3;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final MeasurementProperties properties;
    private final Clock clock;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    Partitions(JdbcTemplate jdbc, TransactionTemplate transaction, MeasurementProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /** Makes sure that there is a partition for a day, counted from 1970-01-01. */
    void ensure(long day) {
        if (!known.contains(day)) {
            create(LocalDate.ofEpochDay(day));
            known.add(day);
        }
    }

    /** Forgets which partitions there are: one proved to be missing. */
    void forget() {
        known.clear();
    }

    @Scheduled(initialDelay = 0, fixedDelay = 3_600_000)
    void upkeep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            ensure(today.plusDays(ahead).toEpochDay());
        }
        dropBefore(properties.firstDay(clock));
    }

    /** Attached, not made in place: that way nobody who reads or writes the other partitions has to wait. */
    private void create(LocalDate day) {
        String name = NAME.format(day);
        transaction.executeWithoutResult(_ -> {
            jdbc.execute(LOCK);
            if (exists(name)) {
                return;
            }
            jdbc.execute("CREATE TABLE " + name + " (LIKE measurement INCLUDING ALL)");
            jdbc.execute("ALTER TABLE measurement ATTACH PARTITION " + name + " FOR VALUES FROM ('" + day
                    + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
            log.info("Made the partition {}", name);
        });
    }

    private boolean exists(String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }

    private void dropBefore(LocalDate day) {
        List<String> outlived = jdbc.query("""
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'measurement'::regclass AND c.relname ~ '^measurement_[0-9]{8}$' AND c.relname < ?
                ORDER BY c.relname""", (row, _) -> row.getString("relname"), NAME.format(day));
        for (String name : outlived) {
            try {
                drop(name);
            } catch (DataAccessException e) {
                log.warn("The partition {} stays until the next round: {}", name, e.getMessage());
            }
        }
    }

    private void drop(String name) {
        transaction.executeWithoutResult(_ -> {
            jdbc.execute(LOCK);
            // who comes while we wait for a long query waits behind us, whichever partition he is after
            jdbc.execute("SET LOCAL lock_timeout = '1s'");
            jdbc.execute("DROP TABLE IF EXISTS " + name);
        });
        forget();
        log.info("Dropped the partition {}", name);
    }
}
