package io.warren.registry.wakeup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How persistently devices are woken.
 *
 * @param pause how long there is between two messages to the same device at the least
 * @param perDay how many messages the same device is sent in 24 hours at the most
 * @param perTenantAndMinute how many messages all devices of a tenant are sent in a minute at the most
 * @param patience for how long a device is woken in vain; then only something new that waits for it has it woken again
 * @param history for how long wake-ups that have ended are kept
 */
@Validated
@ConfigurationProperties("warren.wake-up")
public record WakeUpProperties(
        @DefaultValue("1m") @DurationMin(seconds = 1) Duration pause,
        @DefaultValue("10") @Min(1) @Max(1_000) int perDay,
        @DefaultValue("600") @Min(1) @Max(1_000_000) int perTenantAndMinute,
        @DefaultValue("7d") @DurationMin(minutes = 1) Duration patience,
        @DefaultValue("30d") @DurationMin(days = 1) Duration history) {}
