package io.warren.telemetry.uplink;

import com.rabbitmq.client.AMQP;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.telemetry.broker.PlainConnections;
import io.warren.telemetry.uplink.ConfirmedChannel.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Puts messages into the broker as the MQTT plugin does: on the same exchange and topic, with the sender that decides about the
 * shard; the broker itself stamps the time of arrival on what comes in, whichever way. A device that waits for each answer has its
 * messages taken in in its order.
 */
@Component
class Uplink implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Uplink.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Between two attempts to connect. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int PERSISTENT = 2;

    /** Not as the sender wrote it, which may be longer than a property of a message. */
    private static final String CONTENT_TYPE = "application/json";

    private final PlainConnections connections;
    private final Duration patience;
    private final Timer confirmed;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable ConfirmedChannel open;
    private long failedAt = System.nanoTime() - PAUSE.toNanos();

    Uplink(PlainConnections connections, UplinkProperties properties, MeterRegistry meters) {
        this.connections = connections;
        this.patience = properties.patience();
        this.confirmed = Timer.builder("warren.uplink.publish")
                .description("From a body that came over HTTPS until the broker has it safe")
                .register(meters);
    }

    /**
     * Publishes a message, which is JSON, and waits until it is safe.
     *
     * @param sender the device that has proved to be itself
     * @param key the topic with dots
     * @throws ProblemException if the broker does not say so, whether it has the message or not
     */
    void publish(DeviceAddress sender, String key, byte[] body) {
        long began = System.nanoTime();
        Outcome outcome;
        try {
            ConfirmedChannel channel = channel();
            if (channel.isBlocked()) {
                throw away("The broker takes nothing for the moment.");
            }
            outcome = channel.publish(
                            DeviceTopics.EXCHANGE,
                            key,
                            new AMQP.BasicProperties.Builder()
                                    .headers(Map.of(DeviceTopics.CLIENT_ID_HEADER, sender.toString()))
                                    .contentType(CONTENT_TYPE)
                                    .deliveryMode(PERSISTENT),
                            body,
                            patience)
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException | TimeoutException | ExecutionException e) {
            log.debug("A message did not get to the broker", e);
            throw away("The broker is away.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("This service is about to stop.");
        }
        switch (outcome) {
            case SAFE -> confirmed.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            case FULL -> throw away("The queue is full.");
            case UNROUTED -> throw away("There is no queue for this.");
            case UNKNOWN -> throw away("The connection to the broker has ended.");
        }
    }

    private ConfirmedChannel channel() throws IOException, TimeoutException, InterruptedException {
        ConfirmedChannel channel = open;
        if (channel != null && channel.isOpen()) {
            return channel;
        }
        if (!connecting.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("somebody else is connecting");
        }
        try {
            channel = open;
            if (channel != null && channel.isOpen()) {
                return channel;
            }
            if (System.nanoTime() - failedAt < PAUSE.toNanos()) {
                throw new IOException("the broker was away a moment ago");
            }
            return connect();
        } finally {
            connecting.unlock();
        }
    }

    private ConfirmedChannel connect() throws IOException, TimeoutException {
        ConfirmedChannel before = open;
        if (before != null) {
            before.close();
        }
        try {
            ConfirmedChannel channel = new ConfirmedChannel(connections.open("telemetry-uplink"));
            open = channel;
            return channel;
        } catch (IOException | TimeoutException | RuntimeException e) {
            failedAt = System.nanoTime();
            log.warn("What devices send over HTTPS does not get to the broker: {}", e.toString());
            throw e;
        }
    }

    private static ProblemException away(String detail) {
        return new ProblemException(ProblemKind.UNAVAILABLE, detail + " Send it again.", RETRY_AFTER);
    }

    @Override
    public void destroy() {
        ConfirmedChannel channel = open;
        if (channel != null) {
            channel.close();
        }
    }
}
