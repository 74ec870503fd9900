package io.warren.telemetry.diagnostics;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept of logs and events.
 *
 * @param enabled whether this process takes them from the broker at all
 * @param logRetention how long lines of logs are kept, by their own time, unless a tenant's stored days are fewer; older ones are
 *     refused
 * @param eventRetention the same of events
 * @param deviceEntries how many lines, and how many events, a device may send in 10 minutes
 * @param deviceSize how much of either a device may send in 10 minutes
 */
@Validated
@ConfigurationProperties("warren.logs-and-events")
public record DiagnosticProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("30d") @DurationMin(days = 1) @DurationMax(days = 4000)
        Duration logRetention,

        @DefaultValue("400d") @DurationMin(days = 1) @DurationMax(days = 4000)
        Duration eventRetention,

        @DefaultValue("20000") @Min(1) int deviceEntries,
        @DefaultValue("4MB") DataSize deviceSize) {}
