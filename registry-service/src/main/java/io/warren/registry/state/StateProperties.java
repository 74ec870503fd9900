package io.warren.registry.state;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the state of devices is kept.
 *
 * @param history for how long changes are kept, and with them the way back to what a device was like
 */
@Validated
@ConfigurationProperties("warren.state")
record StateProperties(
        @DefaultValue("30d") @DurationMin(days = 1) Duration history) {}
