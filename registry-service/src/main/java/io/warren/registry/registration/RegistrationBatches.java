package io.warren.registry.registration;

import io.warren.platform.messaging.BatchListeners;
import java.time.Duration;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many registrations are dealt with at a time. Somebody waits for each, so that none waits long for others to join it. */
@Configuration(proxyBeanMethods = false)
class RegistrationBatches {

    /** The name of the container factory, for {@code @RabbitListener}. */
    static final String FACTORY = "registrationMessages";

    private static final int MOST = 64;
    private static final Duration PATIENCE = Duration.ofMillis(5);

    /** While one batch waits for its commit, another is worked on. */
    private static final int AT_ONCE = 2;

    /** One batch is worked on and the next is there; more would be kept from other replicas. */
    private static final int PREFETCH = 2 * MOST;

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory registrationMessages(BatchListeners listeners) {
        SimpleRabbitListenerContainerFactory factory = listeners.of(MOST, PATIENCE);
        factory.setConcurrentConsumers(AT_ONCE);
        factory.setPrefetchCount(PREFETCH);
        return factory;
    }
}
