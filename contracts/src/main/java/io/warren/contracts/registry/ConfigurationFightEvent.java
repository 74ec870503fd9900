package io.warren.contracts.registry;

import java.time.Instant;
import java.util.List;

/**
 * What a device reports makes the targets of configurations true and false again and again: {@code configuration.fighting.v1} on
 * {@code registry.events}, once, when the platform stops going along. The device keeps those of them that it has at that moment.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param configurations the ids of the configurations that came and went
 * @param at when that was
 */
public record ConfigurationFightEvent(String tenant, String device, List<String> configurations, Instant at) {

    /** Routing key and AMQP type of the event. */
    public static final String FIGHTING = "configuration.fighting.v1";
}
