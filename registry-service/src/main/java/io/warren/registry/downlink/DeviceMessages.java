package io.warren.registry.downlink;

import io.warren.contracts.device.DeviceTopics;
import io.warren.platform.downlink.ReplyAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** Messages to devices, published so that it is known whether a queue of the device has taken them. */
@Component
public class DeviceMessages {

    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final RabbitTemplate rabbit;

    DeviceMessages(ConnectionFactory connections) {
        this.rabbit = new RabbitTemplate(connections);
        rabbit.setMandatory(true);
        rabbit.setReturnsCallback(_ -> {}); // what comes back is seen with its confirm
    }

    /**
     * Publishes a JSON message.
     *
     * @param key the routing key, below the {@code down} of a device
     * @param lifetime after which the broker drops it
     */
    public Delivery send(String key, String json, Duration lifetime) {
        return send(new ReplyAddress(key, null), json, lifetime);
    }

    /** Publishes a JSON message in answer to one; otherwise as the other. */
    Delivery send(ReplyAddress reply, String json, Duration lifetime) {
        return send(rabbit, reply, json, lifetime);
    }

    /**
     * Publishes messages one behind the other on one channel, without waiting for the broker in between.
     *
     * @return for each whether a queue took it, as far as the broker says so in time
     * @throws InterruptedException when the service stops; what became of the messages is not known then
     */
    public List<Boolean> sendAll(List<Outgoing> messages) throws InterruptedException {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Boolean> taken = rabbit.invoke(channel -> {
            List<Delivery> deliveries = messages.stream()
                    .map(message ->
                            send(channel, new ReplyAddress(message.key(), null), message.json(), message.lifetime()))
                    .toList();
            long deadline = System.nanoTime() + CONFIRM.toNanos();
            return deliveries.stream()
                    .map(delivery -> delivery.isTakenBy(deadline))
                    .toList();
        });
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Objects.requireNonNull(taken);
    }

    private static Delivery send(RabbitOperations channel, ReplyAddress reply, String json, Duration lifetime) {
        CorrelationData confirm = new CorrelationData();
        Message message = MessageBuilder.withBody(json.getBytes(StandardCharsets.UTF_8))
                .setContentType("application/json")
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .setExpiration(String.valueOf(Math.max(1, lifetime.toMillis())))
                .build();
        reply.correlate(message.getMessageProperties());
        channel.send(DeviceTopics.EXCHANGE, reply.key(), message, confirm);
        return new Delivery(confirm);
    }

    /**
     * A JSON message that is to be published.
     *
     * @param key the routing key, below the {@code down} of a device
     * @param lifetime after which the broker drops it
     */
    public record Outgoing(String key, String json, Duration lifetime) {}

    /** What is known of a message that was sent. */
    public enum Fate {
        /** A queue of the device has it. */
        TAKEN,
        /** No queue has it. */
        REFUSED,
        /** The broker has not said so in time; it may still come to the device. */
        UNKNOWN
    }

    /** A message on its way. */
    public record Delivery(CorrelationData confirm) {

        /** Waits for the broker's word, for so long. */
        public Fate fate(Duration patience) throws InterruptedException {
            try {
                boolean confirmed = confirm.getFuture()
                        .get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
                        .ack();
                return confirmed && confirm.getReturned() == null ? Fate.TAKEN : Fate.REFUSED;
            } catch (ExecutionException | TimeoutException e) {
                return Fate.UNKNOWN;
            }
        }

        /** The same until a {@link System#nanoTime}; an interrupt counts as no word and stays for the caller to see. */
        private boolean isTakenBy(long deadline) {
            try {
                return fate(Duration.ofNanos(deadline - System.nanoTime())) == Fate.TAKEN;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
