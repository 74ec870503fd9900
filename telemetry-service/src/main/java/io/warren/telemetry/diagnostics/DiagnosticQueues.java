package io.warren.telemetry.diagnostics;

import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queues of logs and events, each read by one replica at a time, some messages at once. */
@Configuration(proxyBeanMethods = false)
class DiagnosticQueues {

    static final String LOGS = "telemetry.logs";
    static final String EVENTS = "telemetry.deviceevents";

    /** The name of the container factory, for {@code @RabbitListener}. */
    static final String FACTORY = "diagnosticBatches";

    /** Each can be as large as a packet: 256 KiB. */
    private static final int MOST = 50;

    private static final long PATIENCE_MILLIS = 20;

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory diagnosticBatches(
            SimpleRabbitListenerContainerFactoryConfigurer configurer,
            ConnectionFactory connections,
            ContainerCustomizer<SimpleMessageListenerContainer> policy,
            DiagnosticProperties properties) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        configurer.configure(factory, connections);
        factory.setContainerCustomizer(policy);
        factory.setAutoStartup(properties.enabled());
        factory.setBatchListener(true);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(MOST);
        factory.setPrefetchCount(MOST);
        factory.setBatchReceiveTimeout(PATIENCE_MILLIS);
        return factory;
    }
}
