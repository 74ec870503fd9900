package io.warren.registry;

import io.warren.testing.backing.Backed;
import io.warren.testing.backing.BackingServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the registry as the broker's own: it listens where the broker asks, and devices reach it over MQTT. All such tests
 * share one application context, because there is one such place.
 */
@Backed(broker = Backed.Broker.DEFAULT_VHOST)
@SpringBootTest(
        classes = RegistryApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {RegistryTest.SEALING_KEY, RegistryTest.WAKE_UP_SEALING_KEY, RegistryTest.URL_SIGNING_KEY})
@ContextConfiguration(initializers = RegistryBrokerTest.AtTheBroker.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegistryBrokerTest {

    /** Listens where the broker asks. */
    class AtTheBroker implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "at-the-broker",
                            Map.of(
                                    "server.port",
                                    BackingServers.get("REGISTRY_PORT"),
                                    "server.address",
                                    "127.0.0.1",
                                    "warren.broker.management-url",
                                    BackingServers.get("RABBITMQ_MANAGEMENT_URL"),
                                    "warren.presence.reconcile-every",
                                    "2s")));
        }
    }
}
