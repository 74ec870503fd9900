package io.warren.registry.broker;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the broker is managed.
 *
 * @param managementUrl the address of the broker's management API, for example {@code http://rabbitmq:15672}; the user is the one that
 *     the service signs in with over AMQP
 */
@Validated
@ConfigurationProperties("warren.broker")
record BrokerProperties(@NotNull URI managementUrl) {}
