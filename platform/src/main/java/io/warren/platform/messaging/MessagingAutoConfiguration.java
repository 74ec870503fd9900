package io.warren.platform.messaging;

import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.support.converter.JacksonJsonMessageConverter;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON bodies in both directions, and one policy for messages that cannot be handled. */
@AutoConfiguration(beforeName = "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration")
@ConditionalOnClass(RabbitTemplate.class)
public class MessagingAutoConfiguration {

    /**
     * Types come from the listener's signature, never from a header: the converter trusts no class name in a message. What a
     * newer producer adds to a message is passed over; only requests over HTTP are held to what is known.
     */
    @Bean
    MessageConverter jsonMessageConverter(JsonMapper json) {
        return new JacksonJsonMessageConverter(json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    @Bean
    ContainerCustomizer<SimpleMessageListenerContainer> consumerPolicy() {
        return container -> {
            container.setErrorHandler(new ConsumerErrors());
            container.setMissingQueuesFatal(false);
        };
    }

    @Bean
    BatchListeners batchListeners(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy) {
        return new BatchListeners(configurer, connections, policy);
    }
}
