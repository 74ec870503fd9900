package io.warren.telemetry.query;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.telemetry.measurement.StreamName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a device's history.
 *
 * @param stream the one stream to look at; absent for all
 * @param from the first time that counts
 * @param to the first time that no longer counts
 * @param keys the values to show, leaving out measurements with none of them; empty for all
 * @param newestFirst the direction
 * @param limit how many measurements at most
 * @param after where the page before ended; absent on the first
 */
record HistoryQuestion(
        @Nullable String stream,
        Instant from,
        Instant to,
        List<String> keys,
        boolean newestFirst,
        int limit,
        @Nullable Place after) {

    static final Instant ALWAYS = Instant.parse("1970-01-01T00:00:00Z");
    static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final int MAX_KEYS = 256;

    /** The place of a measurement in a device's history. */
    record Place(Instant ts, Instant receivedAt, long key) {

        static @Nullable Place of(@Nullable String cursor) {
            Cursor decoded = Cursor.decode(cursor, 3);
            if (decoded == null) {
                return null;
            }
            try {
                List<String> values = decoded.values();
                return new Place(time(values.get(0)), time(values.get(1)), Long.parseLong(values.get(2)));
            } catch (DateTimeException | NumberFormatException e) {
                throw Cursor.malformed();
            }
        }

        Cursor cursor() {
            return Cursor.after(ts, receivedAt, key);
        }
    }

    /** Reads the parameters of a request. */
    static HistoryQuestion of(
            @Nullable String stream,
            @Nullable String from,
            @Nullable String to,
            @Nullable String keys,
            @Nullable String sort,
            @Nullable Integer limit,
            @Nullable String cursor) {
        Instant begin = from == null ? ALWAYS : time("from", from);
        Instant end = to == null ? FOR_EVER : time("to", to);
        if (end.isBefore(begin)) {
            throw invalid("to", "is before from");
        }
        return new HistoryQuestion(
                stream(stream), begin, end, keys(keys), isNewestFirst(sort), Cursor.limit(limit), Place.of(cursor));
    }

    static @Nullable String stream(@Nullable String stream) {
        if (stream != null && !StreamName.isValid(stream)) {
            throw invalid("stream", "is not the name of a stream");
        }
        return stream;
    }

    /** The stream at which a page of the newest measurements ended; absent on the first. */
    static @Nullable String streamBefore(@Nullable String cursor) {
        Cursor decoded = Cursor.decode(cursor, 1);
        return decoded == null ? null : decoded.values().getFirst();
    }

    static List<String> keys(@Nullable String keys) {
        if (keys == null) {
            return List.of();
        }
        List<String> list = Arrays.stream(keys.split(",", -1)).distinct().toList();
        if (list.size() > MAX_KEYS || list.stream().anyMatch(key -> key.isEmpty() || key.indexOf('\0') >= 0)) {
            throw invalid("keys", "up to " + MAX_KEYS + " names with commas between them");
        }
        return list;
    }

    private static boolean isNewestFirst(@Nullable String sort) {
        return switch (sort) {
            case null -> false;
            case "ts" -> false;
            case "-ts" -> true;
            default -> throw invalid("sort", "ts or -ts");
        };
    }

    private static Instant time(String parameter, String text) {
        try {
            return time(text);
        } catch (DateTimeException e) {
            throw invalid(parameter, "a time by RFC 3339 such as 2026-11-20T09:22:00Z");
        }
    }

    /** A time within those that the database can hold and that can be reckoned with. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        return time.isBefore(ALWAYS) ? ALWAYS : time.isAfter(FOR_EVER) ? FOR_EVER : time;
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "A parameter is not allowed to be as it is.",
                List.of(new Violation(parameter, detail)));
    }
}
