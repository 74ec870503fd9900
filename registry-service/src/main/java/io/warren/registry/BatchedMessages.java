package io.warren.registry;

import io.warren.platform.downlink.BinaryCorrelation;
import io.warren.platform.messaging.BatchListeners;
import java.time.Duration;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For listeners that take in what comes all at once from a whole fleet: many messages at a time, in their order. */
@Configuration(proxyBeanMethods = false)
public class BatchedMessages {

    /** The name of the container factory, for {@code @RabbitListener}. */
    public static final String FACTORY = "messageBatches";

    /** How many messages come at a time at the most. */
    public static final int MOST = 200;

    private static final Duration PATIENCE = Duration.ofMillis(20);

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory messageBatches(
            BatchListeners listeners, ContainerCustomizer<SimpleMessageListenerContainer> policy) {
        SimpleRabbitListenerContainerFactory factory = listeners.of(MOST, PATIENCE);
        factory.setContainerCustomizer(container -> {
            policy.configure(container);
            container.setMessagePropertiesConverter(new BinaryCorrelation());
        });
        return factory;
    }
}
