package io.warren.registry.registration;

import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many registrations are dealt with at a time. Somebody waits for each, so that none waits long for others to join it. */
@Configuration(proxyBeanMethods = false)
class RegistrationBatches {

    /** The name of the container factory, for {@code @RabbitListener}. */
    static final String FACTORY = "registrationMessages";

    private static final int MOST = 64;
    private static final long PATIENCE_MILLIS = 5;

    /** While one batch waits for its commit, another is worked on. */
    private static final int AT_ONCE = 2;

    /** One batch is worked on and the next is there; more would be kept from other replicas. */
    private static final int PREFETCH = 2 * MOST;

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory registrationMessages(
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
        // this is how long the next is waited for; the other, how long all together
        factory.setReceiveTimeout(PATIENCE_MILLIS);
        factory.setConcurrentConsumers(AT_ONCE);
        factory.setPrefetchCount(PREFETCH);
        return factory;
    }
}
