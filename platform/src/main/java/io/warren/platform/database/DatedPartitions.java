package io.warren.platform.database;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions of a table by a time, in UTC, each named after its first day: {@code measurement_20261121}. They are made when
 * somebody asks for them and dropped when all in them is old enough; when that is, is for the owner of the table to say. Replicas
 * take turns under an advisory lock.
 */
public final class DatedPartitions {

    /** What one partition holds. */
    public enum Span {
        /** A day. */
        DAY(Period.ofDays(1)),
        /** A week that begins on Monday. */
        WEEK(Period.ofWeeks(1));

        private final Period length;

        Span(Period length) {
            this.length = length;
        }

        private LocalDate beginOf(LocalDate day) {
            return this == DAY ? day : day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    }

    private static final Logger log = LoggerFactory.getLogger(DatedPartitions.class);
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtext(? || '-partitions'), hashtext(current_schema()))";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String table;
    private final Span span;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    /**
     * The partitions of a table.
     *
     * @param table its name, which becomes part of statements; it is partitioned by range of a {@code timestamptz}
     */
    public DatedPartitions(JdbcTemplate jdbc, TransactionTemplate transaction, String table, Span span) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.table = table;
        this.span = span;
    }

    /** Makes sure that there is a partition for a day, in a transaction of its own unless there is one. */
    public void ensure(LocalDate day) {
        LocalDate begin = span.beginOf(day);
        if (!known.contains(begin)) {
            create(begin);
            known.add(begin);
        }
    }

    /** Makes sure that there are partitions for all days from one to another, that one included. */
    public void ensure(LocalDate first, LocalDate last) {
        for (LocalDate day = span.beginOf(first); !day.isAfter(last); day = day.plus(span.length)) {
            ensure(day);
        }
    }

    /** Forgets which partitions there are: one proved to be missing. */
    public void forget() {
        known.clear();
    }

    /** Drops the partitions that end before a day begins; one that is being read stays until the next time. */
    public void dropBefore(LocalDate day) {
        List<String> outlived = jdbc.query(
                """
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = ?::regclass AND c.relname ~ ? AND c.relname <= ?
                ORDER BY c.relname""",
                (row, _) -> row.getString("relname"),
                table,
                "^" + table + "_[0-9]{8}$",
                name(day.minus(span.length)));
        for (String name : outlived) {
            try {
                drop(name);
            } catch (DataAccessException e) {
                log.warn("The partition {} stays until the next round: {}", name, e.getMessage());
            }
        }
    }

    /** The name of the partition that holds a day. */
    public String nameOf(LocalDate day) {
        return name(span.beginOf(day));
    }

    /** Attached, not made in place: that way nobody who reads or writes the other partitions has to wait. */
    private void create(LocalDate begin) {
        String name = name(begin);
        if (exists(name)) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            lock();
            if (exists(name)) {
                return;
            }
            jdbc.execute("CREATE TABLE " + name + " (LIKE " + table + " INCLUDING ALL)");
            jdbc.execute("ALTER TABLE " + table + " ATTACH PARTITION " + name + " FOR VALUES FROM ('" + begin
                    + " 00:00:00+00') TO ('" + begin.plus(span.length) + " 00:00:00+00')");
            log.info("Made the partition {}", name);
        });
    }

    private boolean exists(String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }

    private void drop(String name) {
        transaction.executeWithoutResult(_ -> {
            lock();
            // who comes while we wait for a long query waits behind us, whichever partition he is after
            jdbc.execute("SET LOCAL lock_timeout = '1s'");
            jdbc.execute("DROP TABLE IF EXISTS " + name);
        });
        forget();
        log.info("Dropped the partition {}", name);
    }

    private void lock() {
        jdbc.query(LOCK, _ -> {}, table);
    }

    private String name(LocalDate begin) {
        return table + "_" + begin.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
