package io.warren.registry.steadiness;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is done about configurations whose targets a device makes true and false again and again.
 *
 * @param turns how often configurations may come and go at a device within the window, before it keeps those that it has
 * @param window in which time that is counted
 * @param hold for how long the device keeps them, unless somebody changes one of them before
 */
@Validated
@ConfigurationProperties("warren.configurations")
record SteadinessProperties(
        @DefaultValue("6") @Min(2) @Max(1_000) int turns,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration window,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration hold) {}
