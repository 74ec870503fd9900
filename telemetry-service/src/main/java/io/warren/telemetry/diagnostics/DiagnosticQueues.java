package io.warren.telemetry.diagnostics;

import io.warren.platform.messaging.BatchListeners;
import java.time.Duration;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
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

    private static final Duration PATIENCE = Duration.ofMillis(20);

    @Bean(name = FACTORY)
    SimpleRabbitListenerContainerFactory diagnosticBatches(BatchListeners listeners, DiagnosticProperties properties) {
        SimpleRabbitListenerContainerFactory factory = listeners.of(MOST, PATIENCE);
        factory.setAutoStartup(properties.enabled());
        factory.setPrefetchCount(MOST);
        return factory;
    }
}
