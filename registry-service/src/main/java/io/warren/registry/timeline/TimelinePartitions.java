package io.warren.registry.timeline;

import io.warren.platform.database.DatedPartitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The weekly partitions of the timeline: made before anything can happen, for the weeks that history reaches back and some to
 * come, and dropped when all in them has outlived its time.
 */
@Component
class TimelinePartitions implements SmartInitializingSingleton {

    /** This job may not run for a while. */
    private static final int WEEKS_AHEAD = 2;

    private static final Duration SKEW = Duration.ofDays(1);

    private final DatedPartitions weeks;
    private final TimelineProperties properties;
    private final Clock clock;

    TimelinePartitions(JdbcTemplate jdbc, TransactionTemplate transaction, TimelineProperties properties, Clock clock) {
        this.weeks = new DatedPartitions(jdbc, transaction, "device_timeline", DatedPartitions.Span.WEEK);
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        upkeep();
    }

    @Scheduled(initialDelay = 3_600_000, fixedDelay = 3_600_000)
    void upkeep() {
        weeks.ensure(day(oldest()), day(clock.instant()).plusWeeks(WEEKS_AHEAD));
        // a day later than could be: who is about to write what is just young enough still finds its partition
        weeks.dropBefore(day(oldest()).minusDays(1));
    }

    /** The earliest time that something can have happened at to be kept. */
    Instant oldest() {
        return clock.instant().minus(properties.history());
    }

    /** The latest time that something can have happened at: the broker's clock may be ahead, but not by more. */
    Instant newest() {
        return clock.instant().plus(SKEW);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
