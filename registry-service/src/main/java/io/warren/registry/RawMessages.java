package io.warren.registry;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * For listeners that read bodies themselves. What a device says of its message, its content type for instance, must not decide
 * how this service takes it apart.
 */
@Configuration(proxyBeanMethods = false)
public class RawMessages {

    /** The name of the converter, for {@code @RabbitListener}. */
    public static final String CONVERTER = "rawBodies";

    @Bean(name = CONVERTER, autowireCandidate = false)
    MessageConverter rawBodies() {
        return new MessageConverter() {
            @Override
            public Message toMessage(Object object, MessageProperties properties) {
                throw new UnsupportedOperationException("for listening only");
            }

            @Override
            public Object fromMessage(Message message) {
                return message.getBody();
            }
        };
    }
}
