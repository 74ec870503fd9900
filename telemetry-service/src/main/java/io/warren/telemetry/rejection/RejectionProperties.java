package io.warren.telemetry.rejection;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long it is remembered what was refused.
 *
 * @param retention for how long rejections are kept
 * @param maxRows how many rejections are kept at most, of all tenants together
 */
@Validated
@ConfigurationProperties("warren.rejection")
record RejectionProperties(
        @DefaultValue("30d") @DurationMin(hours = 1) Duration retention,
        @DefaultValue("1000000") @Min(1) long maxRows) {}
