package io.warren.platform.expression;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as expressions write them, in microseconds as the database keeps them. */
final class Times {

    /** The longest duration that can be written. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern DURATION =
            Pattern.compile("(-?)((?:[0-9]{1,12}(?:\\.[0-9]{1,9})?(?:h|ms|us|ns|m|s))+)");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|us|ns|m|s)");
    private static final Map<String, Duration> UNITS = Map.of(
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1),
            "us", Duration.of(1, ChronoUnit.MICROS),
            "ns", Duration.ofNanos(1));
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private Times() {}

    /** A time of RFC 3339 in the years 0001 to 9999; empty if it is none, or finer than microseconds. */
    static Optional<Instant> time(Optional<String> text) {
        try {
            return text.map(written -> OffsetDateTime.parse(written))
                    .filter(time -> time.getYear() >= 1 && time.getYear() <= 9999)
                    .map(OffsetDateTime::toInstant)
                    .filter(time -> time.equals(inMicroseconds(time)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A duration such as {@code 1h30m}; empty if it is none, finer than microseconds or too long. */
    static Optional<Duration> duration(Optional<String> text) {
        Matcher whole = DURATION.matcher(text.orElse(""));
        if (!whole.matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(whole.group(2)); part.find(); ) {
            BigDecimal unit = nanos(UNITS.getOrDefault(part.group(2), Duration.ZERO));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        if (nanos.compareTo(nanos(LONGEST)) > 0
                || nanos.remainder(BigDecimal.valueOf(1_000)).signum() != 0) {
            return Optional.empty();
        }
        BigDecimal[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        Duration length = Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
        return Optional.of(whole.group(1).isEmpty() ? length : length.negated());
    }

    /** A time as the database keeps it. */
    static Instant inMicroseconds(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .multiply(NANOS_PER_SECOND)
                .add(BigDecimal.valueOf(duration.getNano()));
    }
}
