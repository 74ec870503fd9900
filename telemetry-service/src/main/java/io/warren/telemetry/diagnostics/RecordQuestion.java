package io.warren.telemetry.diagnostics;

import io.warren.platform.web.Cursor;
import io.warren.telemetry.reading.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of logs or events.
 *
 * @param tenant whose
 * @param device the one device; absent for all of the tenant's
 * @param range the times that count
 * @param newestFirst the direction
 * @param limit how many at most
 * @param after where the page before ended; absent on the first
 */
record RecordQuestion(
        String tenant,
        @Nullable String device,
        TimeRange range,
        boolean newestFirst,
        int limit,
        @Nullable Place after) {

    /** Where something stands: by its time and, of what has the same time, by its number. */
    record Place(Instant ts, long id) {

        static @Nullable Place of(@Nullable String cursor) {
            Cursor decoded = Cursor.decode(cursor, 2);
            if (decoded == null) {
                return null;
            }
            try {
                return new Place(
                        TimeRange.time(decoded.values().getFirst()),
                        Long.parseLong(decoded.values().getLast()));
            } catch (DateTimeException | NumberFormatException e) {
                throw Cursor.malformed();
            }
        }
    }

    /** Reads the parameters of a request. */
    static RecordQuestion of(
            String tenant,
            @Nullable String device,
            @Nullable String from,
            @Nullable String to,
            @Nullable String sort,
            @Nullable Integer limit,
            @Nullable String cursor) {
        return new RecordQuestion(
                tenant,
                device,
                TimeRange.of(from, to),
                TimeRange.isNewestFirst(sort, true),
                Cursor.limit(limit),
                Place.of(cursor));
    }

    /** The times in which something that fits and that is not on a page before can be. */
    TimeRange left(Instant oldest, Instant newest) {
        TimeRange left = range.within(oldest, newest);
        if (after == null) {
            return left;
        }
        // a microsecond more: others may have the same time
        return newestFirst
                ? left.within(TimeRange.ALWAYS, after.ts().plusNanos(1000))
                : left.within(after.ts(), TimeRange.FOR_EVER);
    }
}
