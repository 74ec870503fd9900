package io.warren.telemetry.directory;

import io.warren.platform.messaging.BatchListeners;
import java.time.Duration;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many of the registry's events are taken over at a time: a whole fleet may be registered at once. */
@Configuration(proxyBeanMethods = false)
class DirectoryBatches {

    /** The name of the container factory, for {@code @RabbitListener}. */
    static final String FACTORY = "directoryEvents";

    private static final int MOST = 200;
    private static final Duration PATIENCE = Duration.ofMillis(20);

    @Bean(name = FACTORY, defaultCandidate = false)
    SimpleRabbitListenerContainerFactory directoryEvents(BatchListeners listeners) {
        return listeners.of(MOST, PATIENCE);
    }
}
