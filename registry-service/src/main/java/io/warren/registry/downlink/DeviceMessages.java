package io.warren.registry.downlink;

import io.warren.contracts.device.DeviceTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
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
        CorrelationData confirm = new CorrelationData();
        Message message = MessageBuilder.withBody(json.getBytes(StandardCharsets.UTF_8))
                .setContentType("application/json")
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .setExpiration(String.valueOf(Math.max(1, lifetime.toMillis())))
                .build();
        reply.correlate(message.getMessageProperties());
        rabbit.send(DeviceTopics.EXCHANGE, reply.key(), message, confirm);
        return new Delivery(confirm);
    }

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

        /** Waits for the broker's word; false if no queue took the message or the broker gave none in time. */
        public boolean arrived() throws InterruptedException {
            return fate(CONFIRM) == Fate.TAKEN;
        }

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
    }
}
