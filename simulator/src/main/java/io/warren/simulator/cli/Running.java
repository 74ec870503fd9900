package io.warren.simulator.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time in which a command works: it ends after the duration asked for or with Ctrl-C, and leaves time to tidy up. */
public final class Running implements AutoCloseable {

    private static final long SECONDS_TO_TIDY_UP = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "ctrl-c");
    private final long startedNanos = System.nanoTime();
    private final Optional<Duration> limit;

    /** Begins; without a limit it goes on until Ctrl-C. */
    public Running(Optional<Duration> limit) {
        this.limit = limit;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        asked.countDown();
        try {
            boolean _ = ended.await(SECONDS_TO_TIDY_UP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long it has been at work. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Waits; says whether there is time left afterwards. */
    public boolean goesOnAfter(Duration pause) throws InterruptedException {
        Duration left = limit.map(most -> most.minus(elapsed())).orElse(pause);
        boolean last = left.compareTo(pause) <= 0 && limit.isPresent();
        return !asked.await(Math.max(0, (last ? left : pause).toNanos()), TimeUnit.NANOSECONDS) && !last;
    }

    @Override
    public void close() {
        ended.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
