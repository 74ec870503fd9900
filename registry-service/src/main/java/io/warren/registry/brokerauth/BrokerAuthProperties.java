package io.warren.registry.brokerauth;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the broker's questions are answered.
 *
 * @param cacheSize how many devices' logins are kept in memory, at some 300 bytes each
 * @param cacheTime for how long a login is kept in memory; a change is felt at once anyway, this is for when word of it gets lost
 */
@Validated
@ConfigurationProperties("warren.broker-auth")
record BrokerAuthProperties(
        @DefaultValue("50000") @Min(1) int cacheSize,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration cacheTime) {}
