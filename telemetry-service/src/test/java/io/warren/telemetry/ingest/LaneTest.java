package io.warren.telemetry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.telemetry.activity.HeardDevices;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.message.Delivery;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.MessageReadings;
import io.warren.telemetry.rejection.DeviceNotices;
import io.warren.testing.backing.Backed;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a lane does when an attempt to store a batch fails, on the real PostgreSQL. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class LaneTest {

    private static final String SHARD = "telemetry.shard.5";

    @Autowired
    BatchStorage storage;

    @Autowired
    MessageReadings readings;

    @Autowired
    Measurements measurements;

    @Autowired
    IngestMetrics metrics;

    @Autowired
    DeviceNotices notices;

    @Autowired
    HeardDevices heard;

    @Autowired
    MeterRegistry registry;

    @Autowired
    JdbcTemplate jdbc;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);
    private final Intake intake = new Intake(100, Duration.ZERO, 1_000_000);

    @Test
    void aBatchThatWasStoredWithoutTheLaneBeingToldIsStoredOnce() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        IngestWork work = new IngestWork(storage, measurements, metrics, notices, heard) {
            @Override
            void store(UUID session, List<Message> batch) throws ShardOwnership.ShardLost {
                super.store(session, batch);
                if (attempts.incrementAndGet() == 1) {
                    throw new DataAccessResourceFailureException("the answer to the commit is lost");
                }
            }
        };
        put("{\"n\":1}", false);
        put("{\"n\":2}", true);
        lane(true, work).run();
        assertThat(attempts).hasValue(2);
        assertThat(values()).containsExactly("{\"n\": 1}", "{\"n\": 2}");
    }

    @Test
    void aLaneWhoseChannelIsClosedStoresNothing() throws Exception {
        put("{\"n\":1}", false);
        Lane lane = lane(false, new IngestWork(storage, measurements, metrics, notices, heard));
        assertThatThrownBy(lane::run).isInstanceOf(ShardOwnership.ShardLost.class);
        assertThat(values()).isEmpty();
    }

    @Test
    void ofAThousandRefusedElementsAllAreCountedAndFewAreKept() throws Exception {
        double before = rejected();
        put("[" + "1,".repeat(999) + "1]", false);
        lane(true, new IngestWork(storage, measurements, metrics, notices, heard))
                .run();
        assertThat(rejected() - before).isEqualTo(1000);
        assertThat(jdbc.queryForList("SELECT reason FROM rejection WHERE device = ?", String.class, device))
                .hasSize(21);
    }

    private double rejected() {
        return registry.find("warren.ingest.rejected").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void put(String body, boolean redelivered) throws InterruptedException {
        intake.put(new Delivery(
                SHARD,
                0,
                redelivered,
                "v1.acme." + device + ".up.telemetry",
                null,
                Clock.systemUTC().millis(),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A lane that ends with its first acknowledgement. */
    private Lane lane(boolean open, IngestWork work) {
        Channel channel = (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (_, method, _) -> {
                    if (method.getName().equals("basicAck")) {
                        intake.close();
                        return null;
                    }
                    return open;
                });
        return new Lane(UUID.randomUUID(), channel, intake, readings.begin(), work);
    }

    private List<@Nullable String> values() {
        return jdbc.queryForList("""
                SELECT values::text FROM measurement JOIN series ON id = series_id
                WHERE device = ? ORDER BY ts, received_at, key""", String.class, device);
    }
}
