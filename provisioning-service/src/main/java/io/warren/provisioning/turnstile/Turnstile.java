package io.warren.provisioning.turnstile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets so many devices in at once. A fleet that comes back after an outage is spread over the time that it takes to see to all of
 * it: who is turned away is told a time to come back, each another.
 */
@Component
public class Turnstile {

    private final Semaphore free;
    private final int waiting;
    private final Duration patience;
    private final ReturnTimes returnTimes;
    private final Counter turnedAway;

    Turnstile(TurnstileProperties properties, MeterRegistry meters) {
        free = new Semaphore(properties.atOnce(), true);
        waiting = properties.waiting();
        patience = properties.patience();
        returnTimes = new ReturnTimes(properties.perSecond(), properties.soonest(), properties.latest());
        turnedAway = Counter.builder("warren.bootstrap.turned.away")
                .description("Devices that were asked to come back later, because there were too many")
                .register(meters);
        Gauge.builder("warren.bootstrap.waiting", free, Semaphore::getQueueLength)
                .description("Devices that wait for their turn")
                .register(meters);
    }

    /**
     * Does what a device has come for, when it is its turn.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE}, with a time to come back, if its turn does not come soon
     */
    public <T> T pass(Supplier<T> work) {
        if (!enter()) {
            turnedAway.increment();
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many devices want in at the moment.", returnTimes.next());
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /** Waits for something while another has the place; for whoever has one. */
    public <T> T aside(Supplier<T> wait) {
        free.release();
        try {
            return wait.get();
        } finally {
            free.acquireUninterruptibly();
        }
    }

    /** The same for what has no result. */
    public void aside(Runnable wait) {
        Boolean _ = aside(() -> {
            wait.run();
            return true;
        });
    }

    private boolean enter() {
        if (free.getQueueLength() >= waiting) {
            return free.tryAcquire();
        }
        try {
            return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
