package io.warren.endtoend;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Devices that keep sending numbered measurements with QoS 1, and behave as devices should: what was not acknowledged is sent
 * again with the same number and time, over a new connection if need be, before anything else.
 */
final class Fleet implements AutoCloseable {

    static final String STREAM = "load";

    private static final int WINDOW = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final List<Sender> senders;
    private final ScheduledExecutorService scheduler;
    private final List<? extends Future<?>> work;

    /** Puts new devices of a tenant to work. */
    Fleet(Tenant tenant, int size) {
        senders = IntStream.range(0, size)
                .mapToObj(_ -> new Sender(tenant.newDevice()))
                .toList();
        scheduler = Executors.newScheduledThreadPool(size);
        work = senders.stream()
                .map(sender -> scheduler.scheduleWithFixedDelay(
                        sender::sendWindow, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
    }

    List<Sender> senders() {
        return senders;
    }

    /** The number of acknowledged messages of the device that has fewest. */
    long leastAcknowledged() {
        return senders.stream().mapToLong(Sender::acknowledged).min().orElseThrow();
    }

    /** Lets each device end the window that it is in, and disconnect. */
    void stop() throws InterruptedException {
        work.forEach(task -> task.cancel(false));
        scheduler.shutdown();
        if (!scheduler.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("A device does not end its window");
        }
        senders.forEach(Sender::disconnect);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        senders.forEach(Sender::disconnect);
    }

    /** One device; its sequence numbers begin with 0 and have no gaps. */
    static final class Sender {

        private final Device device;
        private final Instant begin =
                Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.HOURS);
        private @Nullable Connection connection;
        private volatile long acknowledged;

        private Sender(Device device) {
            this.device = device;
        }

        Device device() {
            return device;
        }

        /** How many messages, from sequence number 0 on, have been acknowledged without a gap. */
        long acknowledged() {
            return acknowledged;
        }

        /** Sends the messages of a window until all are acknowledged; if something fails, the next call does so again. */
        private synchronized void sendWindow() {
            try {
                Connection open = connection();
                CompletableFuture.allOf(LongStream.range(acknowledged, acknowledged + WINDOW)
                                .mapToObj(seq -> open.send(message(seq)))
                                .toArray(CompletableFuture[]::new))
                        .join();
                acknowledged = acknowledged + WINDOW;
            } catch (CompletionException e) {
                disconnect();
            } catch (RuntimeException e) {
                // It could not connect.
                connection = null;
            }
        }

        private Connection connection() {
            Connection open = connection;
            if (open == null || !open.isOpen()) {
                open = device.connect();
                connection = open;
            }
            return open;
        }

        private synchronized void disconnect() {
            Connection open = connection;
            connection = null;
            if (open != null) {
                open.close();
            }
        }

        private Mqtt5Publish message(long seq) {
            String body = "{\"ts\":%d,\"seq\":%d,\"values\":{\"n\":%d}}"
                    .formatted(begin.plusMillis(seq).toEpochMilli(), seq, seq);
            return Mqtt5Publish.builder()
                    .topic(device.up("telemetry/" + STREAM))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(body.getBytes(StandardCharsets.UTF_8))
                    .build();
        }
    }
}
