package io.warren.telemetry.body;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the times that devices give and says which are acceptable, judged by when the message arrived. */
final class Times {

    /** How far ahead a device's clock may be. */
    private static final Duration AHEAD = Duration.ofHours(24);

    private static final int MAX_LENGTH = 40;

    private final long earliest;
    private final long latest;
    private final long retentionDays;

    Times(long arrivedMillis, Duration retention) {
        earliest = (arrivedMillis - retention.toMillis()) * 1000;
        latest = (arrivedMillis + AHEAD.toMillis()) * 1000;
        retentionDays = retention.toDays();
    }

    /** Reads the time at the parser's place, in microseconds; finer digits are dropped. */
    long read(JsonParser json) throws Unacceptable {
        JsonToken token = json.currentToken();
        long micros;
        if (token == JsonToken.VALUE_STRING) {
            micros = parse(json.getString());
        } else if (token == JsonToken.VALUE_NUMBER_INT && fitsLong(json)) {
            micros = micros(json.getLongValue());
        } else {
            throw new Unacceptable(
                    Reason.INVALID_TIME, "A time is a text by RFC 3339 or a whole number of milliseconds since 1970.");
        }
        if (micros > latest) {
            throw new Unacceptable(Reason.TIME_OUT_OF_RANGE, "The time is more than 24 hours ahead.");
        }
        if (micros < earliest) {
            throw new Unacceptable(
                    Reason.TIME_OUT_OF_RANGE,
                    "The time is older than the " + retentionDays + " days for which it would be kept"
                            + (token == JsonToken.VALUE_NUMBER_INT ? " (a number is in milliseconds)." : "."));
        }
        return micros;
    }

    static boolean fitsLong(JsonParser json) {
        JsonParser.NumberType type = json.getNumberType();
        return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    }

    private static long parse(String text) throws Unacceptable {
        if (text.length() <= MAX_LENGTH) {
            try {
                return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
            } catch (DateTimeException | ArithmeticException e) {
                // said below
            }
        }
        throw new Unacceptable(Reason.INVALID_TIME, "The text is not a time by RFC 3339 such as 2026-11-20T09:22:00Z.");
    }

    private static long micros(long millis) {
        return Math.clamp(millis, Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000) * 1000;
    }
}
