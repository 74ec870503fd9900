package io.warren.telemetry.body;

/**
 * One measurement as a device sent it.
 *
 * @param ts its time in microseconds since 1970-01-01T00:00Z, or {@link #AT_ARRIVAL}
 * @param seq its number in the stream, or {@link #UNNUMBERED}
 * @param values a JSON object of at least one member, as the device wrote it
 */
public record Reading(long ts, long seq, String values) {

    /** The time of a measurement that has the time of its message's arrival. */
    public static final long AT_ARRIVAL = Long.MIN_VALUE;

    /** The number of a measurement to which the device gives none. */
    public static final long UNNUMBERED = -1;

    /** Whether the broker's clock gives the time. */
    public boolean isTimedByArrival() {
        return ts == AT_ARRIVAL;
    }
}
