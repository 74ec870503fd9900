package io.warren.telemetry.body;

/**
 * A line of a device's log.
 *
 * @param ts its time in microseconds since 1970-01-01T00:00Z, or {@link Reading#AT_ARRIVAL}
 * @param level how grave it is
 * @param message the text, or its beginning
 * @param truncated whether there was more of it
 */
public record LogLine(long ts, LogLevel level, String message, boolean truncated) {

    /** How much of a message is kept, in bytes of UTF-8. */
    public static final int MAX_MESSAGE = 4096;
}
