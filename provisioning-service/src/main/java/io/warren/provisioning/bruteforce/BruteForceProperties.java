package io.warren.provisioning.bruteforce;

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
 * When devices that do not prove themselves are turned away without being looked at.
 *
 * @param deviceFailures how many of one device at one network address lock that device out at that address
 * @param addressFailures how many from one address lock out whoever was not let in from there before
 * @param knownAddressFailures how many it takes at an address from which a device was let in within the last 30 days
 * @param doorFailures how many at one enrolment or group, or with claim tokens that a tenant does not have, are told of as an attack; while
 *     it lasts, addresses from which no device was let in have room for a tenth of their failures
 * @param window in which time so many are forgotten again, evenly
 * @param lock how long the first lock-out lasts; each further one within an hour lasts twice as long
 * @param longestLock how long a lock-out lasts at the most
 * @param mostCounted how many devices, addresses and doors are counted at once at the most, at some 200 bytes each
 * @param exempt addresses and networks that nobody is locked out from, for example {@code 10.0.0.7, 192.0.2.0/24}: a balancer that
 *     does not hand on the devices' own addresses
 */
@Validated
@ConfigurationProperties("warren.brute-force")
record BruteForceProperties(
        @DefaultValue("10") @Min(1) @Max(1_000_000) int deviceFailures,
        @DefaultValue("100") @Min(1) @Max(1_000_000) int addressFailures,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int knownAddressFailures,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int doorFailures,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration window,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration lock,

        @DefaultValue("15m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration longestLock,

        @DefaultValue("100000") @Min(100) @Max(10_000_000) int mostCounted,
        @DefaultValue List<String> exempt) {}
