package io.warren.simulator.enrollment;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: anything up to a limit that doubles, from 1 s to 1 min. The jitter keeps a fleet from
 * coming back all at once.
 */
public final class Backoff {

    private static final long FIRST_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private int doublings;

    /** A wait that begins anew. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait. */
    public Duration next() {
        long limit = FIRST_MILLIS << doublings;
        doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(random.nextLong(limit / 2, limit));
    }

    /** What was tried has worked: begin again with the shortest wait. */
    public void reset() {
        doublings = 0;
    }
}
