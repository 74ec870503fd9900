package io.warren.provisioning.inquiry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** When there is a next time. */
final class Pace {

    private static final List<Duration> BETWEEN_FAILURES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5));

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private Pace() {}

    /** How long to wait after a question had no answer some times in a row, and up to half as long again. */
    static Duration afterFailures(int failures) {
        return jittered(BETWEEN_FAILURES.get(Math.clamp(failures - 1L, 0, BETWEEN_FAILURES.size() - 1)));
    }

    /** How long an address rests that had no answer some times in a row. */
    static Duration rest(int failures) {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    /** A pause, and up to half as long again: not all of what waits for it comes at once. */
    static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1));
    }
}
