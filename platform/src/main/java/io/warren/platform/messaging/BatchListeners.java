package io.warren.platform.messaging;

import java.time.Duration;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;

/** Makes the container factories of listeners that take in many messages at a time, in their order. */
public final class BatchListeners {

    private final SimpleRabbitListenerContainerFactoryConfigurer configurer;
    private final ConnectionFactory connections;
    private final ContainerCustomizer<SimpleMessageListenerContainer> policy;

    BatchListeners(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy) {
        this.configurer = configurer;
        this.connections = connections;
        this.policy = policy;
    }

    /**
     * A factory under the platform's policy; what a listener needs besides can be set on it.
     *
     * @param most how many messages come at a time at the most
     * @param patience how long a message waits for others to join it, in whole milliseconds
     */
    public SimpleRabbitListenerContainerFactory of(int most, Duration patience) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setContainerCustomizer(policy);
        factory.setBatchListener(true);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(most);
        // both: the one is for all together, the other, a second by default, is what the last waits for one that does
        // not come
        factory.setBatchReceiveTimeout(patience.toMillis());
        factory.setReceiveTimeout(patience.toMillis());
        return factory;
    }
}
