package io.warren.registry.timeline;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a device's timeline is asked for.
 *
 * @param address the device
 * @param from the earliest time
 * @param before where to go on: entries of this time with a smaller number, and all that are older
 * @param seq that number
 * @param kinds the kinds that are wanted; none for all
 * @param limit how many entries at the most
 */
record TimelineQuestion(DeviceAddress address, Instant from, Instant before, long seq, List<String> kinds, int limit) {

    private static final Instant ALWAYS = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final int MOST_KINDS = 16;

    /** Reads the parameters of a request. */
    static TimelineQuestion of(
            DeviceAddress address,
            @Nullable String from,
            @Nullable String to,
            @Nullable String kind,
            @Nullable Integer limit,
            @Nullable String cursor) {
        Instant begin = from == null ? ALWAYS : time("from", from);
        // nothing has a number below 0, so the end itself is left out
        Instant end = to == null ? FOR_EVER : time("to", to);
        if (end.isBefore(begin)) {
            throw invalid("to", "is before from");
        }
        List<String> kinds = kinds(kind);
        int size = Cursor.limit(limit);
        Cursor place = Cursor.decode(cursor, 2);
        if (place == null) {
            return new TimelineQuestion(address, begin, end, 0, kinds, size);
        }
        try {
            Instant at = within(Instant.parse(place.values().getFirst()));
            long seq = Long.parseLong(place.values().getLast());
            return at.isBefore(end)
                    ? new TimelineQuestion(address, begin, at, seq, kinds, size)
                    : new TimelineQuestion(address, begin, end, 0, kinds, size);
        } catch (DateTimeException | NumberFormatException e) {
            throw Cursor.malformed();
        }
    }

    private static List<String> kinds(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<String> kinds = Arrays.stream(text.split(",", -1)).distinct().toList();
        if (kinds.size() > MOST_KINDS
                || !kinds.stream().allMatch(kind -> KIND.matcher(kind).matches())) {
            throw invalid("kind", "up to " + MOST_KINDS + " kinds with commas between them");
        }
        return kinds;
    }

    private static Instant time(String parameter, String text) {
        try {
            return within(Instant.parse(text));
        } catch (DateTimeException e) {
            throw invalid(parameter, "a time by RFC 3339 such as 2026-11-20T09:22:00Z");
        }
    }

    /** A time within those that the database can hold and reckon with. */
    private static Instant within(Instant time) {
        return time.isBefore(ALWAYS) ? ALWAYS : time.isAfter(FOR_EVER) ? FOR_EVER : time;
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "A parameter is not allowed to be as it is.",
                List.of(new Violation(parameter, detail)));
    }
}
