package io.warren.telemetry.query;

import io.warren.platform.web.Cursor;
import io.warren.telemetry.measurement.StreamName;
import io.warren.telemetry.reading.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a device's history.
 *
 * @param stream the one stream to look at; absent for all
 * @param range the times that count
 * @param keys the values to show, leaving out measurements with none of them; empty for all
 * @param newestFirst the direction
 * @param limit how many measurements at most
 * @param after where the page before ended; absent on the first
 */
record HistoryQuestion(
        @Nullable String stream,
        TimeRange range,
        List<String> keys,
        boolean newestFirst,
        int limit,
        @Nullable Place after) {

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
                return new Place(
                        TimeRange.time(values.get(0)), TimeRange.time(values.get(1)), Long.parseLong(values.get(2)));
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
        TimeRange range = TimeRange.of(from, to);
        return new HistoryQuestion(
                stream(stream),
                range,
                keys(keys),
                TimeRange.isNewestFirst(sort, false),
                Cursor.limit(limit),
                Place.of(cursor));
    }

    static @Nullable String stream(@Nullable String stream) {
        if (stream != null && !StreamName.isValid(stream)) {
            throw TimeRange.invalid("stream", "is not the name of a stream");
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
            throw TimeRange.invalid("keys", "up to " + MAX_KEYS + " names with commas between them");
        }
        return list;
    }
}
