package io.warren.telemetry.measurement;

import io.warren.platform.database.DatedPartitions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The daily partitions of the measurements: made ahead of time for the days to come, on demand for days gone by, and dropped when
 * all in them has outlived its retention.
 */
@Component
class Partitions {

    /** A device's clock may be a day ahead, and this job may not run for a while. */
    private static final int DAYS_AHEAD = 3;

    private final DatedPartitions days;
    private final MeasurementProperties properties;
    private final Clock clock;

    Partitions(JdbcTemplate jdbc, TransactionTemplate transaction, MeasurementProperties properties, Clock clock) {
        this.days = new DatedPartitions(jdbc, transaction, "measurement", DatedPartitions.Span.DAY);
        this.properties = properties;
        this.clock = clock;
    }

    /** Makes sure that there is a partition for a day, counted from 1970-01-01. */
    void ensure(long day) {
        days.ensure(LocalDate.ofEpochDay(day));
    }

    /** Forgets which partitions there are: one proved to be missing. */
    void forget() {
        days.forget();
    }

    @Scheduled(initialDelay = 0, fixedDelay = 3_600_000)
    void upkeep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        days.ensure(today, today.plusDays(DAYS_AHEAD));
        days.dropBefore(properties.firstDay(clock));
    }
}
