package io.warren.platform.outbox;

import io.warren.platform.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/**
 * An event that the broker has not confirmed yet.
 *
 * @param id its place among all
 * @param tenant whose it is; {@code *} if it is nobody's
 * @param messageId what consumers know a repetition by
 * @param exchange where it is published
 * @param type its routing key and AMQP type
 * @param payload its body, JSON
 * @param traceparent the trace that it belongs to, if any
 * @param createdAt when it was written
 */
record WaitingEvent(
        long id,
        String tenant,
        UUID messageId,
        String exchange,
        String type,
        String payload,
        @Nullable String traceparent,
        Instant createdAt) {

    Message message() {
        MessageProperties properties = new MessageProperties();
        properties.setMessageId(messageId.toString());
        properties.setType(type);
        properties.setTimestamp(Date.from(createdAt));
        properties.setContentType(MessageProperties.CONTENT_TYPE_JSON);
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        if (traceparent != null) {
            properties.setHeader(TraceContext.HEADER, traceparent);
        }
        return new Message(payload.getBytes(StandardCharsets.UTF_8), properties);
    }
}
