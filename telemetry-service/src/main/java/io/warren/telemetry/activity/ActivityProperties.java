package io.warren.telemetry.activity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How it is told which devices were heard of.
 *
 * @param every how often
 * @param devices of how many devices at once it is remembered; with so many it is told before its time
 */
@Validated
@ConfigurationProperties("warren.activity")
record ActivityProperties(
        @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration every,

        @DefaultValue("50000") @Min(1) @Max(1_000_000) int devices) {}
