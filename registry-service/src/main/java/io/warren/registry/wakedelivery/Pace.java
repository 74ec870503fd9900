package io.warren.registry.wakedelivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When there is a next time. */
final class Pace {

    private static final Duration DAY = Duration.ofDays(1);

    /** Between the messages to a device that does not come: there is no hurry behind one that is out of reach. */
    private static final List<Duration> BETWEEN_MESSAGES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2));

    private static final List<Duration> BETWEEN_FAILURES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30));

    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 6;

    private Pace() {}

    /** How long to wait for a device after some messages. */
    static Duration afterMessages(int sent) {
        return step(BETWEEN_MESSAGES, sent);
    }

    /** How long to wait after a device's message has failed some times in a row. */
    static Duration afterFailures(int failures) {
        return step(BETWEEN_FAILURES, failures);
    }

    /** How long a channel rests that has failed some times in a row. */
    static Duration rest(int failures) {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    /**
     * The earliest time of the next message to a device.
     *
     * @param lastDay when it was sent messages in the last 24 hours, in the order of time
     */
    static Instant earliest(List<Instant> lastDay, Duration pause, int perDay) {
        if (lastDay.isEmpty()) {
            return Instant.EPOCH;
        }
        Instant afterPause = lastDay.getLast().plus(pause);
        if (lastDay.size() < perDay) {
            return afterPause;
        }
        Instant afterDay = lastDay.get(lastDay.size() - perDay).plus(DAY);
        return afterDay.isAfter(afterPause) ? afterDay : afterPause;
    }

    private static Duration step(List<Duration> steps, int times) {
        return steps.get(Math.clamp(times - 1L, 0, steps.size() - 1));
    }
}
