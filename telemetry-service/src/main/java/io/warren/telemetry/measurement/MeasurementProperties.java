package io.warren.telemetry.measurement;

import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept.
 *
 * @param retention how long measurements are kept, by their own time; older ones are refused
 * @param maxStreams the most streams of a device
 */
@Validated
@ConfigurationProperties("warren.measurement")
public record MeasurementProperties(
        @DefaultValue("400d") @DurationMin(days = 1) @DurationMax(days = 4000)
        Duration retention,

        @DefaultValue("100") @Min(1) int maxStreams) {

    /** The first day that is kept: one more than the retention, so that nothing that was accepted a moment ago lacks its day. */
    LocalDate firstDay(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(retention.toDays() + 1);
    }
}
