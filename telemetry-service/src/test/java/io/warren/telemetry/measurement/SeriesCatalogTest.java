package io.warren.telemetry.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.testing.backing.Backed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of streams whose measurements have all outlived their retention. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class SeriesCatalogTest {

    private static final Duration RETENTION = Duration.ofDays(10);

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Measurements measurements;

    private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aStreamThatHasOutlivedItsRetentionMakesRoomForAnother() {
        store("old", now);
        store("new", now.plus(Duration.ofHours(24)));
        SeriesCatalog twoAtMost = catalog(Duration.ofDays(11));
        List<StreamName> third = List.of(stream("third"));
        assertThat(twoAtMost.resolve(third)).isEmpty();

        twoAtMost.prune();
        assertThat(twoAtMost.resolve(third)).isEmpty();
        assertThat(streams()).containsExactly("new", "old");

        SeriesCatalog dayLater = catalog(Duration.ofDays(12));
        dayLater.prune();
        assertThat(streams()).containsExactly("new");
        assertThat(dayLater.resolve(third)).hasSize(1);
    }

    @Test
    void aStreamThatComesBackToLifeLosesNothing() {
        store("env", now.minus(Duration.ofDays(14)));
        catalog(Duration.ZERO).prune();
        assertThat(streams()).isEmpty();

        // this replica takes the stream for there; ingest tries again what fails so
        assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(() -> store("env", now));
        store("env", now);

        assertThat(jdbc.query(
                        "SELECT ts FROM measurement JOIN series ON id = series_id WHERE device = ?",
                        (row, _) -> row.getTimestamp("ts").toInstant(),
                        device))
                .containsExactly(now);
    }

    @Test
    void aStreamThatIsBeingWrittenToIsLeft() {
        store("env", now.minus(Duration.ofDays(14)));
        measurements.prepare(List.of(measurement("env", now)));
        transactions.executeWithoutResult(_ -> {
            add("env", now);
            Thread other = Thread.ofVirtual().start(() -> catalog(Duration.ZERO).prune());
            join(other);
        });
        assertThat(streams()).containsExactly("env");
    }

    /** Another replica's, some time from now. */
    private SeriesCatalog catalog(Duration later) {
        return new SeriesCatalog(
                jdbc, new MeasurementProperties(RETENTION, 2), Clock.fixed(now.plus(later), ZoneOffset.UTC));
    }

    private void store(String stream, Instant ts) {
        measurements.prepare(List.of(measurement(stream, ts)));
        transactions.executeWithoutResult(_ -> add(stream, ts));
    }

    private void add(String stream, Instant ts) {
        measurements.add(List.of(measurement(stream, ts)));
    }

    private Measurement measurement(String stream, Instant ts) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, ts);
        return new Measurement(stream(stream), micros, 0, false, micros, "{}");
    }

    private StreamName stream(String name) {
        return new StreamName("acme", device, name);
    }

    private List<String> streams() {
        return jdbc.query(
                "SELECT stream FROM series WHERE device = ? ORDER BY stream",
                (row, _) -> row.getString("stream"),
                device);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
