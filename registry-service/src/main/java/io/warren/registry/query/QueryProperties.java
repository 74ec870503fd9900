package io.warren.registry.query;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Questions about all devices.
 *
 * @param timeout how long the database may work on one, before the caller is told to ask for less
 */
@Validated
@ConfigurationProperties("warren.query")
record QueryProperties(
        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 20)
        Duration timeout) {}
