package io.warren.platform.pace;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Tells callers that are turned away when to come back, so that they come at a pace and not all at once: each is given a time of
 * its own behind that of the one before. Nothing is kept for a caller; after a restart the times begin anew.
 */
public final class ReturnTimes {

    private static final long NANOS_A_SECOND = 1_000_000_000;

    private static final int AFTER_OUTAGE_A_SECOND = 250;
    private static final Duration AFTER_OUTAGE_SHORTEST = Duration.ofSeconds(5);
    private static final Duration AFTER_OUTAGE_LONGEST = Duration.ofMinutes(10);

    private final long pauseNanos;
    private final long shortestNanos;
    private final long longestNanos;
    private final RandomGenerator chance;
    private final LongSupplier nanoTime;
    private long lastGiven;

    /**
     * Times for callers of one kind.
     *
     * @param perSecond how many callers are asked to come each second
     * @param shortest the soonest that anybody is asked to come; up to half as much again is added by chance
     * @param longest the latest; when all times up to it are given, callers are spread over its second half
     */
    public ReturnTimes(int perSecond, Duration shortest, Duration longest) {
        this(perSecond, shortest, longest, RandomGenerator.getDefault(), System::nanoTime);
    }

    ReturnTimes(int perSecond, Duration shortest, Duration longest, RandomGenerator chance, LongSupplier nanoTime) {
        this.pauseNanos = NANOS_A_SECOND / perSecond;
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.chance = chance;
        this.nanoTime = nanoTime;
        this.lastGiven = nanoTime.getAsLong();
    }

    /** Times for callers that found something away: the first in five seconds, the last in ten minutes. */
    public static ReturnTimes afterOutage() {
        return new ReturnTimes(AFTER_OUTAGE_A_SECOND, AFTER_OUTAGE_SHORTEST, AFTER_OUTAGE_LONGEST);
    }

    /** How long the next caller is to stay away. */
    public synchronized Duration next() {
        long now = nanoTime.getAsLong();
        long behindTheLast = Math.max(shortestNanos, lastGiven - now + pauseNanos);
        if (behindTheLast > longestNanos) {
            return Duration.ofNanos(chance.nextLong(longestNanos / 2, longestNanos + 1));
        }
        lastGiven = now + behindTheLast;
        return Duration.ofNanos(behindTheLast + chance.nextLong(shortestNanos / 2 + 1));
    }
}
