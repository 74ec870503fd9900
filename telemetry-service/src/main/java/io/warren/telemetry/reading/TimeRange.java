package io.warren.telemetry.reading;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that somebody asks about.
 *
 * @param from the first time that counts
 * @param to the first time that no longer counts
 */
public record TimeRange(Instant from, Instant to) {

    /** The earliest time that anything can have. */
    public static final Instant ALWAYS = Instant.parse("1970-01-01T00:00:00Z");

    /** Later than anything. */
    public static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final Duration FIRST_STRIDE = Duration.ofDays(2);
    private static final int STRIDE_GROWTH = 4;

    /** Reads the parameters {@code from} and {@code to} of a request. */
    public static TimeRange of(@Nullable String from, @Nullable String to) {
        Instant begin = from == null ? ALWAYS : time("from", from);
        Instant end = to == null ? FOR_EVER : time("to", to);
        if (end.isBefore(begin)) {
            throw invalid("to", "is before from");
        }
        return new TimeRange(begin, end);
    }

    /** Reads the parameter {@code sort}: whether the newest comes first. */
    public static boolean isNewestFirst(@Nullable String sort, boolean otherwise) {
        return switch (sort) {
            case null -> otherwise;
            case "ts" -> false;
            case "-ts" -> true;
            default -> throw invalid("sort", "ts or -ts");
        };
    }

    /** A time within those that the database can hold and that can be reckoned with. */
    public static Instant time(String text) {
        Instant time = Instant.parse(text);
        return time.isBefore(ALWAYS) ? ALWAYS : time.isAfter(FOR_EVER) ? FOR_EVER : time;
    }

    /** The problem of a parameter. */
    public static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "A parameter is not allowed to be as it is.",
                List.of(new Violation(parameter, detail)));
    }

    /** What of it is within another. */
    public TimeRange within(Instant begin, Instant end) {
        return new TimeRange(from.isAfter(begin) ? from : begin, to.isBefore(end) ? to : end);
    }

    /** Looks at a few days first, and at ever more of them for as long as that is not enough. */
    public void walk(boolean newestFirst, BooleanSupplier enough, Consumer<TimeRange> look) {
        Instant begin = from;
        Instant end = to;
        Duration stride = FIRST_STRIDE;
        while (begin.isBefore(end) && !enough.getAsBoolean()) {
            if (newestFirst) {
                TimeRange part = new TimeRange(begin, end).within(end.minus(stride), end);
                look.accept(part);
                end = part.from();
            } else {
                TimeRange part = new TimeRange(begin, end).within(begin, begin.plus(stride));
                look.accept(part);
                begin = part.to();
            }
            stride = stride.multipliedBy(STRIDE_GROWTH);
        }
    }

    private static Instant time(String parameter, String text) {
        try {
            return time(text);
        } catch (DateTimeException e) {
            throw invalid(parameter, "a time by RFC 3339 such as 2026-11-20T09:22:00Z");
        }
    }
}
