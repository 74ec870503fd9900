package io.warren.platform.messaging;

import io.warren.platform.trace.TraceContext;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Asks another service over the broker and waits for the answer, with the broker's direct reply-to: no queue is declared for it. A
 * question that nobody takes in time is dropped, if the topology has no dead letters for its queue.
 */
public final class Questions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Questions.class);

    private final RabbitTemplate rabbit;
    private final String expiration;

    /**
     * Questions of one kind.
     *
     * @param patience how long an answer may take
     */
    public Questions(ConnectionFactory connections, MessageConverter converter, Duration patience) {
        rabbit = new RabbitTemplate(connections);
        rabbit.setMessageConverter(converter);
        rabbit.setReplyTimeout(patience.toMillis());
        expiration = String.valueOf(patience.toMillis());
    }

    /**
     * Asks.
     *
     * @param key the routing key
     * @param type the AMQP type of the question
     * @return empty if no answer comes in time
     */
    public <A> Optional<A> ask(String exchange, String key, String type, Object question, Class<A> answer) {
        try {
            return Optional.ofNullable(rabbit.convertSendAndReceiveAsType(
                    exchange,
                    key,
                    question,
                    message -> complete(message, type),
                    ParameterizedTypeReference.forType(answer)));
        } catch (AmqpException e) {
            log.warn("A {} cannot be asked: {}", type, e.getMessage());
            return Optional.empty();
        }
    }

    private Message complete(Message message, String type) {
        MessageProperties properties = message.getMessageProperties();
        properties.setType(type);
        properties.setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT);
        // nobody waits for it any longer than this
        properties.setExpiration(expiration);
        TraceContext trace = TraceContext.current();
        if (trace != null) {
            properties.setHeader(TraceContext.HEADER, trace.traceparent());
        }
        return message;
    }

    @Override
    public void close() {
        rabbit.destroy();
    }
}
