package io.warren.registry;

import io.warren.platform.downlink.BinaryCorrelation;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For listeners that take in what comes all at once from a whole fleet: many messages at a time, in their order. */
@Configuration(proxyBeanMethods = false)
public class BatchedMessages {

    /** The name of the container factory, for {@code @RabbitListener}. */
    public static final String FACTORY = "messageBatches";

    /** How many messages come at a time at the most. */
    public static final int MOST = 200;

    private static final long PATIENCE_MILLIS = 20;

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory messageBatches(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setContainerCustomizer(container -> {
            policy.configure(container);
            container.setMessagePropertiesConverter(new BinaryCorrelation());
        });
        factory.setBatchListener(true);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(MOST);
        factory.setBatchReceiveTimeout(PATIENCE_MILLIS);
        return factory;
    }
}
