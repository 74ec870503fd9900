package io.warren.registry.lockout;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When failed sign-ins lead to a lock-out.
 *
 * @param deviceFailures how many of one device at one network address lock that device out at that address
 * @param addressFailures how many from one address lock out whoever was not let in from there before
 * @param window in which time so many are forgotten again, evenly
 * @param lock how long the first lock-out lasts; each further one within an hour lasts twice as long
 * @param longestLock how long a lock-out lasts at the most
 * @param cacheSize how many pairs of device and address, and addresses, are counted at once, at some 200 bytes each
 * @param exempt addresses and networks that nobody is locked out from, for example {@code 10.0.0.7, 192.0.2.0/24}: a balancer that
 *     does not hand on the devices' own addresses
 */
@Validated
@ConfigurationProperties("warren.lockout")
record LockoutProperties(
        @DefaultValue("10") @Min(1) @Max(1_000_000) int deviceFailures,
        @DefaultValue("300") @Min(1) @Max(1_000_000) int addressFailures,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration window,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration lock,

        @DefaultValue("15m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration longestLock,

        @DefaultValue("100000") @Min(100) int cacheSize,
        @DefaultValue List<String> exempt) {}
