package io.warren.telemetry.measurement;

/**
 * A measurement as it is stored. Times are in microseconds since 1970-01-01T00:00Z.
 *
 * @param stream where it belongs
 * @param ts its time
 * @param key tells it apart from others of the same stream and time: {@code seq}, or a hash of the values
 * @param numbered whether the device gave it a number, which then is the key
 * @param receivedAt when the broker received it; grows strictly per device
 * @param values a JSON object, in text
 */
public record Measurement(StreamName stream, long ts, long key, boolean numbered, long receivedAt, String values) {

    /** The same measurement at another time, which is that of its arrival as well. */
    public Measurement arrivedAt(long micros) {
        return new Measurement(stream, micros, key, numbered, micros, values);
    }

    /** The day of its time in UTC, counted from 1970-01-01. */
    long day() {
        return Math.floorDiv(ts, 86_400_000_000L);
    }
}
