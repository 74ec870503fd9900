package io.warren.telemetry.tenant;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What a tenant's devices sent on a day through a shard.
 *
 * @param day the day in UTC on which it arrived
 * @param messages how many messages
 * @param measurements how many measurements were in them
 * @param refused how many of the messages had nothing in them that could be stored
 * @param bytes how long their bodies were in all
 */
public record Amount(
        String tenant, LocalDate day, String queue, long messages, long measurements, long refused, long bytes) {

    /** One order for all who write several: or two would wait for each other. */
    static final Comparator<Amount> ORDER =
            Comparator.comparing(Amount::day).thenComparing(Amount::tenant).thenComparing(Amount::queue);

    /** Both together; they are of the same tenant, day and shard. */
    public Amount plus(Amount other) {
        return new Amount(
                tenant,
                day,
                queue,
                messages + other.messages,
                measurements + other.measurements,
                refused + other.refused,
                bytes + other.bytes);
    }
}
