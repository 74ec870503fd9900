package io.warren.telemetry.ingest;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.warren.telemetry.message.MessageReadings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the broker, from its opening to the first failure on any of its lanes. */
final class IngestSession {

    private static final Logger log = LoggerFactory.getLogger(IngestSession.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final UUID id = UUID.randomUUID();
    private final Connection connection;
    private final IngestProperties properties;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Intake> intakes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    IngestSession(Connection connection, IngestProperties properties) {
        this.connection = connection;
        this.properties = properties;
        connection.addShutdownListener(_ -> end());
    }

    /** Starts the lanes and asks for the messages of all shards. */
    void start(MessageReadings readings, IngestWork work, Clock clock) throws IOException {
        int lanes = Math.min(properties.lanes(), properties.shards());
        for (int lane = 0; lane < lanes; lane++) {
            Channel channel = connection.createChannel();
            channel.addShutdownListener(_ -> end());
            channel.basicQos(properties.prefetch());
            Intake intake = new Intake(
                    properties.batch(), properties.linger(), properties.memory().toBytes() / lanes);
            intakes.add(intake);
            Lane running = new Lane(id, channel, intake, readings.begin(), work);
            threads.add(Thread.ofPlatform().name("ingest-" + lane).start(() -> run(running)));
            for (int shard = lane; shard < properties.shards(); shard += lanes) {
                running.consume(IngestProperties.queue(shard), clock, this::end);
            }
        }
    }

    private void run(Lane lane) {
        try {
            lane.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ShutdownSignalException | ShardOwnership.ShardLost e) {
            log.warn("Ingest starts over: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("Ingest starts over", e);
        } finally {
            end();
        }
    }

    private void end() {
        ended.countDown();
    }

    /** Waits until something fails, or somebody ends the session. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Lets each lane finish the batch that it is at, and leaves the broker. */
    void close() throws InterruptedException {
        intakes.forEach(Intake::close);
        for (Thread thread : threads) {
            thread.join(FAREWELL);
            thread.interrupt();
        }
        connection.abort((int) FAREWELL.toMillis());
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
