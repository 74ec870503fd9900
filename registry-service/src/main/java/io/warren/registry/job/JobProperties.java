package io.warren.registry.job;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are kept.
 *
 * @param memory for how long jobs that have ended are kept
 */
@Validated
@ConfigurationProperties("warren.jobs")
record JobProperties(
        @DefaultValue("30d") @DurationMin(days = 1) Duration memory) {}
