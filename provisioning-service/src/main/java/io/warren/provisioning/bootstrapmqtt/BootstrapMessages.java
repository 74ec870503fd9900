package io.warren.provisioning.bootstrapmqtt;

import io.warren.platform.downlink.BinaryCorrelation;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many of a fleet that bootstraps are dealt with at once: each waits for the registry most of the time. */
@Configuration(proxyBeanMethods = false)
class BootstrapMessages {

    /** The factory for what devices ask. */
    static final String REQUESTS = "bootstrapRequestMessages";

    /** The factory for what the registry asks about them. */
    static final String SIGN_INS = "bootstrapSignInMessages";

    /** One is worked on and the next is there. */
    private static final int PREFETCH = 2;

    @Bean(name = REQUESTS)
    SimpleRabbitListenerContainerFactory bootstrapRequestMessages(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy,
            BootstrapMqttProperties properties) {
        SimpleRabbitListenerContainerFactory factory = factory(configurer, connections, properties.requests());
        factory.setMessageConverter(new Untouched());
        factory.setContainerCustomizer(container -> {
            policy.configure(container);
            container.setMessagePropertiesConverter(new BinaryCorrelation());
        });
        return factory;
    }

    @Bean(name = SIGN_INS)
    SimpleRabbitListenerContainerFactory bootstrapSignInMessages(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            BootstrapMqttProperties properties) {
        return factory(configurer, connections, properties.signIns());
    }

    private static SimpleRabbitListenerContainerFactory factory(
            SimpleRabbitListenerContainerFactoryConfigurer configurer, ConnectionFactory connections, int atOnce) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setConcurrentConsumers(atOnce);
        factory.setPrefetchCount(PREFETCH);
        return factory;
    }

    /** What a device says of its message must not decide how it is taken apart. */
    private static final class Untouched implements MessageConverter {

        @Override
        public Message toMessage(Object object, MessageProperties properties) {
            throw new UnsupportedOperationException("for listening only");
        }

        @Override
        public Object fromMessage(Message message) {
            return message.getBody();
        }
    }
}
