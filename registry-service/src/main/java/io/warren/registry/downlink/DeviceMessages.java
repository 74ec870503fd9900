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
        CorrelationData confirm = new CorrelationData();
        Message message = MessageBuilder.withBody(json.getBytes(StandardCharsets.UTF_8))
                .setContentType("application/json")
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .setExpiration(String.valueOf(Math.max(1, lifetime.toMillis())))
                .build();
        rabbit.send(DeviceTopics.EXCHANGE, key, message, confirm);
        return new Delivery(confirm);
    }

    /** A message on its way. */
    public record Delivery(CorrelationData confirm) {

        /** Waits for the broker's word; false if no queue took the message or the broker gave none in time. */
        public boolean arrived() throws InterruptedException {
            try {
                return confirm.getFuture()
                                .get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS)
                                .ack()
                        && confirm.getReturned() == null;
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }
    }
}
