package io.warren.registry.timeline;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The weekly partitions of the timeline: made before anything can happen, for the weeks that history reaches back and some to
 * come, and dropped when all in them has outlived its time. Replicas take turns under an advisory lock.
 */
@Component
class TimelinePartitions implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TimelinePartitions.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'device_timeline_'yyyyMMdd");
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtext('timeline-partitions'), hashtext(current_schema()))";

    /** This job may not run for a while. */
    private static final int WEEKS_AHEAD = 2;

    private static final Duration SKEW = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final TimelineProperties properties;
    private final Clock clock;

    TimelinePartitions(JdbcTemplate jdbc, TransactionTemplate transaction, TimelineProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        upkeep();
    }

    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    void upkeep() {
        LocalDate last = week(clock.instant()).plusWeeks(WEEKS_AHEAD);
        for (LocalDate week = week(oldest()); !week.isAfter(last); week = week.plusWeeks(1)) {
            create(week);
        }
        // a day later than could be: who is about to write what is just young enough still finds its partition
        dropThoseOf(day(oldest()).minusDays(8));
    }

    /** The earliest time that something can have happened at to be kept. */
    Instant oldest() {
        return clock.instant().minus(properties.history());
    }

    /** The latest time that something can have happened at: the broker's clock may be ahead, but not by more. */
    Instant newest() {
        return clock.instant().plus(SKEW);
    }

    private static LocalDate week(Instant time) {
        return day(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Attached, not made in place: that way nobody who reads or writes the other partitions has to wait. */
    private void create(LocalDate week) {
        String name = NAME.format(week);
        if (exists(name)) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            jdbc.execute(LOCK);
            if (exists(name)) {
                return;
            }
            jdbc.execute("CREATE TABLE " + name + " (LIKE device_timeline INCLUDING ALL)");
            jdbc.execute("ALTER TABLE device_timeline ATTACH PARTITION " + name + " FOR VALUES FROM ('" + week
                    + " 00:00:00+00') TO ('" + week.plusWeeks(1) + " 00:00:00+00')");
            log.info("Made the partition {}", name);
        });
    }

    private boolean exists(String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }

    /** Drops the partitions of weeks that began on a day or before it. */
    private void dropThoseOf(LocalDate day) {
        List<String> outlived = jdbc.query("""
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'device_timeline'::regclass AND c.relname <= ?
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
        log.info("Dropped the partition {}", name);
    }
}
