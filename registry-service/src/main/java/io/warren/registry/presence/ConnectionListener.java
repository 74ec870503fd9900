package io.warren.registry.presence;

import java.util.List;
import java.util.Optional;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Hears from the broker who connects and disconnects, many at a time: a fleet comes back all at once. */
@Component
class ConnectionListener {

    private static final int BATCH = 200;
    private static final long PATIENCE_MILLIS = 20;

    private final PresenceTracking tracking;

    ConnectionListener(PresenceTracking tracking) {
        this.tracking = tracking;
    }

    @RabbitListener(queues = "registry.presence", containerFactory = "batchesOfConnections")
    void hear(List<Message> events) {
        tracking.note(events.stream()
                .map(event -> BrokerEvents.read(
                        event.getMessageProperties().getReceivedRoutingKey(),
                        event.getMessageProperties().getHeaders()))
                .flatMap(Optional::stream)
                .toList());
    }

    @Configuration(proxyBeanMethods = false)
    static class Batches {

        @Bean
        SimpleRabbitListenerContainerFactory batchesOfConnections(
                SimpleRabbitListenerContainerFactoryConfigurer configurer,
                ConnectionFactory connections,
                ContainerCustomizer<SimpleMessageListenerContainer> policy) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            configurer.configure(factory, connections);
            factory.setContainerCustomizer(policy);
            factory.setBatchListener(true);
            factory.setConsumerBatchEnabled(true);
            factory.setBatchSize(BATCH);
            factory.setBatchReceiveTimeout(PATIENCE_MILLIS);
            return factory;
        }
    }
}
