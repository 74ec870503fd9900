package io.warren.registry.timeline;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long timelines reach back.
 *
 * @param history for how long what happened to devices is kept; it is dropped by the week, so up to eight days later
 */
@Validated
@ConfigurationProperties("warren.timeline")
record TimelineProperties(
        @DefaultValue("30d") @DurationMin(days = 1) Duration history) {}
