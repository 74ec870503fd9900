package io.warren.firmware.downlink;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceRoute;
import io.warren.contracts.device.DeviceTopics;
import io.warren.firmware.directory.DeviceDirectory;
import io.warren.platform.trace.TraceContext;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to devices: what is published here arrives below {@code down/} of the device's topics, or of its gateway's. */
@Component
public class DeviceChannel {

    /** As long as the broker keeps the session of a device that went away. */
    private static final Duration EXPIRY = Duration.ofHours(24);

    private static final Duration CONFIRM = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;
    private final DeviceDirectory directory;
    private final JsonMapper json;

    DeviceChannel(ConnectionFactory connections, DeviceDirectory directory, JsonMapper json) {
        this.rabbit = new RabbitTemplate(connections);
        rabbit.setMandatory(true);
        this.directory = directory;
        this.json = json;
    }

    /**
     * Sends a message to a device, or to the gateway device it sits behind, and waits until the broker has it.
     *
     * @param path the levels of the topic below {@code down/}
     * @return whether a queue took it; if not, the device neither is there nor has a session
     * @throws AmqpException if the broker is away or does not take it in time, which says nothing against the message
     */
    public boolean deliver(DeviceAddress address, Object body, String... path) {
        CorrelationData confirm = new CorrelationData(UUID.randomUUID().toString());
        rabbit.send(DeviceTopics.EXCHANGE, directory.routeTo(address).down(path), message(body), confirm);
        try {
            if (!confirm.getFuture()
                    .get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS)
                    .ack()) {
                // or the connection went while it was waited for
                throw new AmqpTimeoutException("the broker did not take a message to a device");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpTimeoutException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpTimeoutException("the broker did not confirm a message to a device", e);
        }
        return confirm.getReturned() == null;
    }

    /** Whether a message may come that way. */
    public boolean isOpen(DeviceRoute route) {
        return directory.isOpen(route);
    }

    /** Persistent, because the broker hands a transient message to a device with QoS 0. */
    private Message message(Object body) {
        MessageProperties properties = new MessageProperties();
        properties.setContentType(MessageProperties.CONTENT_TYPE_JSON);
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        properties.setExpiration(String.valueOf(EXPIRY.toMillis()));
        TraceContext trace = TraceContext.current();
        if (trace != null) {
            properties.setHeader(TraceContext.HEADER, trace.traceparent());
        }
        return new Message(json.writeValueAsBytes(body), properties);
    }
}
