package io.warren.telemetry.held;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long it is waited until the registry has told of a device for which a gateway device speaks.
 *
 * @param patience how long a message is held; then, if the registry's news have been read, it is refused
 * @param messages how many messages of a gateway device are held at most; more are refused at once
 * @param size how much they may come to
 */
@Validated
@ConfigurationProperties("warren.held")
record HeldProperties(
        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration patience,

        @DefaultValue("5000") @Min(0) @Max(1_000_000) int messages,
        @DefaultValue("8MB") DataSize size) {}
