package io.warren.telemetry.directory;

import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many of the registry's events are taken over at a time: a whole fleet may be registered at once. */
@Configuration(proxyBeanMethods = false)
class DirectoryBatches {

    /** The name of the container factory, for {@code @RabbitListener}. */
    static final String FACTORY = "directoryEvents";

    private static final int MOST = 200;
    private static final long PATIENCE_MILLIS = 20;

    @Bean(name = FACTORY, defaultCandidate = false)
    SimpleRabbitListenerContainerFactory directoryEvents(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setContainerCustomizer(policy);
        factory.setBatchListener(true);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(MOST);
        factory.setBatchReceiveTimeout(PATIENCE_MILLIS);
        factory.setReceiveTimeout(PATIENCE_MILLIS);
        return factory;
    }
}
