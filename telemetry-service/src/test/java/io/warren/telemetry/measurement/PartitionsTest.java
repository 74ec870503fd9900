package io.warren.telemetry.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.testing.backing.Backed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of the days on the real PostgreSQL. The service's own beans play the other replica, which has not heard of anything. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class PartitionsTest {

    private static final int RETENTION_DAYS = 10;

    /** Some time ago, so that the days in question are none of those that the service sees to by itself. */
    private final Instant now = Clock.systemUTC()
            .instant()
            .truncatedTo(ChronoUnit.DAYS)
            .minus(Duration.ofDays(100))
            .plus(Duration.ofHours(13));

    private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Measurements measurements;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void dropThemAll() {
        days().forEach(day -> jdbc.execute("DROP TABLE " + name(day)));
        measurements.forgetPartitions();
    }

    @Test
    void theDaysToComeAreThereAheadOfTime() {
        upkeep(Duration.ZERO);
        assertThat(days()).containsExactly(today, today.plusDays(1), today.plusDays(2), today.plusDays(3));
    }

    @Test
    void whatHasOutlivedItsRetentionGoesAndTheRestStays() {
        IntStream.rangeClosed(1, 15).forEach(ago -> store(now.minus(Duration.ofDays(ago))));

        upkeep(Duration.ZERO);
        assertThat(days()).first().isEqualTo(today.minusDays(RETENTION_DAYS + 1));
        assertThat(stored()).hasSize(RETENTION_DAYS + 1);

        upkeep(Duration.ofDays(3));
        assertThat(days()).first().isEqualTo(today.minusDays(RETENTION_DAYS - 2));
        assertThat(days()).last().isEqualTo(today.plusDays(6));
        assertThat(stored()).hasSize(RETENTION_DAYS - 2);
    }

    @Test
    void whatWasAcceptedAtTheLastMomentOutlivesTheUpkeepAfterIt() {
        Instant oldest = now.minus(Duration.ofDays(RETENTION_DAYS));
        store(oldest);
        upkeep(Duration.ofHours(11).minusMillis(1));
        assertThat(stored()).containsExactly(oldest);
    }

    @Test
    void lateMeasurementsAreStoredAlthoughAnotherReplicaHasDroppedTheirDay() {
        Instant late = now.minus(Duration.ofDays(RETENTION_DAYS));
        store(late);
        upkeep(Duration.ofDays(2));
        assertThat(stored()).isEmpty();

        // this replica takes the day for there; ingest then tells it to forget and tries again
        assertThatThrownBy(() -> store(late)).isInstanceOf(DataAccessException.class);
        measurements.forgetPartitions();
        store(late);
        assertThat(stored()).containsExactly(late);

        upkeep(Duration.ofDays(2));
        assertThat(stored()).isEmpty();
    }

    @Test
    void aDayThatIsBeingReadStaysUntilTheNextRoundAndTheOthersGo() throws SQLException {
        LocalDate read = today.minusDays(14);
        LocalDate other = today.minusDays(13);
        store(now.minus(Duration.ofDays(14)));
        store(now.minus(Duration.ofDays(13)));
        try (Connection reader = dataSource.getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("SELECT * FROM " + name(read)).close();
            upkeep(Duration.ZERO);
            assertThat(days()).contains(read).doesNotContain(other);
            reader.rollback();
        }
        upkeep(Duration.ZERO);
        assertThat(days()).doesNotContain(read, other);
    }

    @Test
    void aPartitionThatSomebodyElseAttachedIsNotOursToDrop() {
        jdbc.execute("CREATE TABLE archive PARTITION OF measurement FOR VALUES FROM ('1990-01-01') TO ('2000-01-01')");
        try {
            upkeep(Duration.ZERO);
            assertThat(jdbc.queryForObject("SELECT to_regclass('archive') IS NOT NULL", Boolean.class))
                    .isTrue();
        } finally {
            jdbc.execute("DROP TABLE archive");
        }
    }

    /** What a replica does some time from now. */
    private void upkeep(Duration later) {
        new Partitions(
                        jdbc,
                        transactions,
                        new MeasurementProperties(Duration.ofDays(RETENTION_DAYS), 100),
                        Clock.fixed(now.plus(later), ZoneOffset.UTC))
                .upkeep();
    }

    private void store(Instant ts) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, ts);
        List<Measurement> one =
                List.of(new Measurement(new StreamName("acme", device, "env"), micros, 0, false, micros, "{}"));
        measurements.prepare(one);
        transactions.executeWithoutResult(_ -> measurements.add(one));
    }

    private List<Instant> stored() {
        return jdbc.query(
                "SELECT ts FROM measurement JOIN series ON id = series_id WHERE device = ? ORDER BY ts",
                (row, _) -> row.getTimestamp("ts").toInstant(),
                device);
    }

    private List<LocalDate> days() {
        List<@Nullable String> names = jdbc.queryForList("""
                SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
                WHERE inhparent = 'measurement'::regclass ORDER BY relname""", String.class);
        return names.stream()
                .map(name -> LocalDate.parse(
                        String.valueOf(name).substring("measurement_".length()), DateTimeFormatter.BASIC_ISO_DATE))
                .filter(day -> day.isBefore(today.plusDays(30)))
                .toList();
    }

    private static String name(LocalDate day) {
        return "measurement_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
