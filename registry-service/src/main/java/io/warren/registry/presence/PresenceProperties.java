package io.warren.registry.presence;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How presence is kept.
 *
 * @param reconcileEvery how often what is on record is compared with the broker's own list of connections
 * @param history for how long connections that have ended are kept
 * @param flappingConnects a device that connects more often than so many times within {@code flappingWithin} is told of as flapping
 * @param flappingWithin for how long connects are counted; a device that does not connect for so long is steady again
 * @param watchEvery how often it is looked for devices that are steady again, and for those that have been away for too long
 * @param seenEvery how far {@code lastSeenAt} may be behind: of a device that is heard again and again it is written this often. One that
 *     is not heard is silent twice this time later than its type says, for word of messages may be under way
 */
@Validated
@ConfigurationProperties("warren.presence")
record PresenceProperties(
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration reconcileEvery,
        @DefaultValue("30d") @DurationMin(days = 1) Duration history,
        @DefaultValue("10") @Min(1) @Max(1_000) int flappingConnects,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration flappingWithin,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration watchEvery,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration seenEvery) {

    /** For how long a device may have been heard without that being known here. */
    Duration hearsay() {
        return seenEvery.multipliedBy(2);
    }
}
