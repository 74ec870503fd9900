package io.warren.telemetry.message;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as the broker delivered it.
 *
 * @param queue the shard it came from
 * @param tag what it is acknowledged by
 * @param redelivered whether it may have been delivered, and stored, before
 * @param routingKey its topic with dots
 * @param contentType what its sender says the body is, if it does
 * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Delivery(
        String queue,
        long tag,
        boolean redelivered,
        String routingKey,
        @Nullable String contentType,
        long arrivedMillis,
        byte[] body) {

    /** Set by the broker's interceptor on every message that comes in. */
    static final String ARRIVAL_HEADER = "timestamp_in_ms";

    /**
     * Makes a delivery of what the broker hands over.
     *
     * @param now the time of arrival of a message on which there is none, in milliseconds since 1970-01-01T00:00Z
     */
    public static Delivery of(String queue, Envelope envelope, AMQP.BasicProperties properties, byte[] body, long now) {
        Map<String, Object> headers = properties.getHeaders();
        long arrived =
                headers != null && headers.get(ARRIVAL_HEADER) instanceof Number millis ? millis.longValue() : now;
        return new Delivery(
                queue,
                envelope.getDeliveryTag(),
                envelope.isRedeliver(),
                envelope.getRoutingKey(),
                properties.getContentType(),
                arrived,
                body);
    }
}
