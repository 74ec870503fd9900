package io.warren.telemetry.uplink;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How what devices send over HTTPS gets to the broker.
 *
 * @param patience how long it is waited for room and for the broker's word; then the device is asked to try again
 * @param bodyWithin how long a body may take to arrive
 * @param memory how much of what is under way is held at most
 * @param tenantMemory how much of what is under way may be one tenant's
 * @param deviceMemory how much of what is under way may be one device's
 */
@Validated
@ConfigurationProperties("warren.uplink")
record UplinkProperties(
        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration patience,

        @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration bodyWithin,

        @DefaultValue("16MB") DataSize memory,
        @DefaultValue("4MB") DataSize tenantMemory,
        @DefaultValue("1MB") DataSize deviceMemory) {}
