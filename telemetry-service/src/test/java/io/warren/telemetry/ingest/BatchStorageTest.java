package io.warren.telemetry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.telemetry.message.Delivery;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.MessageReading;
import io.warren.telemetry.message.MessageReadings;
import io.warren.testing.backing.Backed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of messages that are delivered again, to this reader or to another, on the real PostgreSQL. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class BatchStorageTest {

    private static final String SHARD = "telemetry.shard.3";

    @Autowired
    BatchStorage storage;

    @Autowired
    MessageReadings readings;

    @Autowired
    JdbcTemplate jdbc;

    private final long now = Clock.systemUTC().millis();
    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aMeasurementWithItsOwnTimeIsStoredOnceHoweverOftenItComes() throws Exception {
        Reader reader = new Reader();
        String body = "{\"ts\":%d,\"seq\":7,\"values\":{\"a\":1}}".formatted(now);
        for (int time = 0; time < 10; time++) {
            reader.store(delivery(body, now + time, time % 2 == 1));
        }
        assertThat(values()).containsExactly("{\"a\": 1}");
    }

    @Test
    void sameTimeOtherValuesAreAnotherMeasurement() throws Exception {
        new Reader()
                .store(
                        delivery("{\"ts\":%d,\"values\":{\"a\":1}}".formatted(now), now, false),
                        delivery("{\"ts\":%d,\"values\":{\"a\":2}}".formatted(now), now, false),
                        delivery("{\"ts\":%d,\"values\":{\"a\":2}}".formatted(now), now, false));
        assertThat(values()).containsExactly("{\"a\": 1}", "{\"a\": 2}");
    }

    @Test
    void whatArrivesInOneMillisecondKeepsItsOrderAndLosesNothing() throws Exception {
        new Reader().store(bare(1, false), bare(2, false), bare(2, false), bare(1, false));
        assertThat(values()).containsExactly("{\"n\": 1}", "{\"n\": 2}", "{\"n\": 2}", "{\"n\": 1}");
    }

    @Test
    void whatTheReaderBeforeHasStoredIsLeftOut() throws Exception {
        new Reader().store(bare(1, false), bare(2, false), bare(2, false));
        new Reader().store(bare(1, true), bare(2, true), bare(2, true), bare(3, true), bare(3, false));
        assertThat(values()).containsExactly("{\"n\": 1}", "{\"n\": 2}", "{\"n\": 2}", "{\"n\": 3}", "{\"n\": 3}");
    }

    @Test
    void whatIsNewInAMillisecondThatTheReaderBeforeHasSeenComesAfter() throws Exception {
        new Reader().store(bare(1, false), bare(2, false));
        new Reader().store(bare(1, false));
        assertThat(values()).containsExactly("{\"n\": 1}", "{\"n\": 2}", "{\"n\": 1}");
    }

    @Test
    void aReaderThatLostItsShardStoresNothingMore() throws Exception {
        Reader old = new Reader();
        old.store(bare(1, false));
        new Reader().store(bare(2, false));
        assertThatThrownBy(() -> old.store(bare(3, false))).isInstanceOf(ShardOwnership.ShardLost.class);
        assertThat(values()).containsExactly("{\"n\": 1}", "{\"n\": 2}");
    }

    @Test
    void whatIsRefusedIsKeptOnceWithItsReason() throws Exception {
        new Reader().store(delivery("{\"a\":", now, false));
        new Reader().store(delivery("{\"a\":", now, true), delivery("{\"a\":NaN}", now, false));
        assertThat(jdbc.queryForList("SELECT reason FROM rejection WHERE device = ? ORDER BY id", String.class, device))
                .containsExactly("malformed", "malformed");
    }

    @Test
    void lateMeasurementsGetTheirPartition() throws Exception {
        long late = now - Duration.ofDays(300).toMillis();
        new Reader().store(delivery("{\"ts\":%d,\"values\":{\"a\":1}}".formatted(late), now, false));
        assertThat(values()).hasSize(1);
        assertThat(jdbc.queryForObject(
                        "SELECT last_day - first_day FROM series WHERE device = ?", Integer.class, device))
                .isZero();
    }

    @Test
    void aDeviceHasABoundedNumberOfStreams() throws Exception {
        Reader reader = new Reader();
        for (int stream = 0; stream < 102; stream++) {
            reader.store(new Delivery(
                    SHARD,
                    stream,
                    false,
                    "v1.acme." + device + ".up.telemetry.s" + stream,
                    null,
                    now,
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(jdbc.queryForObject("SELECT count(*) FROM series WHERE device = ?", Integer.class, device))
                .isEqualTo(100);
        assertThat(jdbc.queryForList("SELECT reason FROM rejection WHERE device = ?", String.class, device))
                .containsExactly("too-many-streams", "too-many-streams");
    }

    @Test
    void whatArrivesIsCountedForItsTenant() throws Exception {
        long before = counted();
        new Reader().store(bare(1, false), bare(2, false), delivery("{\"a\":", now, false));
        assertThat(counted()).isEqualTo(before + 3);
    }

    private Delivery bare(int n, boolean redelivered) {
        return delivery("{\"n\":" + n + "}", now, redelivered);
    }

    private Delivery delivery(String body, long arrivedMillis, boolean redelivered) {
        return new Delivery(
                SHARD,
                0,
                redelivered,
                "v1.acme." + device + ".up.telemetry",
                null,
                arrivedMillis,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private long counted() {
        return jdbc.queryForList("SELECT messages FROM tenant_usage WHERE tenant = 'acme'", Long.class).stream()
                .mapToLong(messages -> messages)
                .sum();
    }

    private List<@Nullable String> values() {
        return jdbc.queryForList("""
                SELECT values::text FROM measurement JOIN series ON id = series_id
                WHERE device = ? ORDER BY ts, received_at, key""", String.class, device);
    }

    /** A session of its own. */
    private final class Reader {

        private final UUID session = UUID.randomUUID();
        private boolean claimed;
        private final MessageReading reading = readings.begin();

        void store(Delivery... deliveries) throws ShardOwnership.ShardLost {
            List<Message> batch =
                    storage.prepare(Arrays.stream(deliveries).map(reading::read).toList());
            if (!claimed) {
                storage.claim(session, Set.of(SHARD));
                claimed = true;
            }
            storage.store(session, storage.settle(batch));
        }
    }
}
