package io.warren.telemetry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The devices of a tenant, as the MQTT plugin puts their messages into the broker, in a virtual host that MQTT does not reach. */
public final class Devices implements AutoCloseable {

    private final String tenant;
    private final Clock clock;
    private final Connection connection;
    private final Channel channel;

    /** Devices of a tenant. */
    public Devices(RabbitTemplate rabbit, String tenant, Clock clock) {
        this.tenant = tenant;
        this.clock = clock;
        try {
            connection = ((CachingConnectionFactory) rabbit.getConnectionFactory())
                    .getRabbitConnectionFactory()
                    .newConnection("devices");
            channel = connection.createChannel();
            channel.confirmSelect();
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes on a topic below {@code up/}, now. */
    public void publish(String device, String topic, String body) {
        publish(device, topic, body.getBytes(StandardCharsets.UTF_8), clock.millis(), null);
    }

    /** Publishes what the broker received at a time, with a content type if there is one. */
    public void publish(String device, String topic, byte[] body, long arrivedMillis, String contentType) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("x-opt-mqtt-client-id", device + "@" + tenant);
        headers.put("timestamp_in_ms", arrivedMillis);
        try {
            channel.basicPublish(
                    "amq.topic",
                    "v1." + tenant + "." + device + ".up." + topic.replace('/', '.'),
                    new AMQP.BasicProperties.Builder()
                            .headers(headers)
                            .deliveryMode(2)
                            .contentType(contentType)
                            .build(),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the broker has all that was published. */
    public void flush() {
        try {
            channel.waitForConfirmsOrDie(30_000);
        } catch (IOException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
