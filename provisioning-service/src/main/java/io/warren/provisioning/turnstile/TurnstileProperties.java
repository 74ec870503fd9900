package io.warren.provisioning.turnstile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many devices one replica sees to.
 *
 * @param atOnce how many at the same time
 * @param waiting how many more may wait for their turn; one more is turned away at once
 * @param patience how long one waits before it is turned away
 * @param perSecond how many of those that are turned away are asked to come back each second
 * @param soonest the soonest that anybody is asked to come back
 * @param latest the latest
 */
@Validated
@ConfigurationProperties("warren.turnstile")
record TurnstileProperties(
        @DefaultValue("16") @Min(1) @Max(1_000) int atOnce,
        @DefaultValue("128") @Min(0) @Max(10_000) int waiting,

        @DefaultValue("1s") @DurationMin(millis = 0) @DurationMax(seconds = 30)
        Duration patience,

        @DefaultValue("250") @Min(1) @Max(100_000) int perSecond,

        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration soonest,

        @DefaultValue("15m") @DurationMin(seconds = 10) @DurationMax(hours = 24)
        Duration latest) {}
