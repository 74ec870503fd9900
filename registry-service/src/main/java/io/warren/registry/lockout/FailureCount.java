package io.warren.registry.lockout;

import java.time.Duration;
import java.time.Instant;

/**
 * Failures, which are forgotten evenly: a bucket that leaks.
 *
 * @param level how many there are, as of {@code at}
 * @param at the time of the last one
 * @param locks how many lock-outs they have led to
 */
record FailureCount(double level, Instant at, int locks) {

    static FailureCount none(Instant now) {
        return new FailureCount(0, now, 0);
    }

    /** One more failure, when {@code limit} of them are forgotten in {@code window}. */
    FailureCount plusOne(Instant now, int limit, Duration window) {
        double forgotten = limit * (double) Duration.between(at, now).toMillis() / window.toMillis();
        return new FailureCount(Math.max(0, level - Math.max(0, forgotten)) + 1, now, locks);
    }

    /** Whether there have been so many, the last of them forgotten by less than one. */
    boolean reaches(int limit) {
        return level > limit - 1;
    }

    /** After a lock-out: counting begins anew, and the next one is longer. */
    FailureCount locked() {
        return new FailureCount(0, at, locks + 1);
    }

    /** How long the next lock-out lasts: twice as long as the one before. */
    Duration nextLock(Duration first, Duration longest) {
        long doubled = first.toMillis() << Math.min(locks, 20);
        return doubled > longest.toMillis() ? longest : Duration.ofMillis(doubled);
    }
}
