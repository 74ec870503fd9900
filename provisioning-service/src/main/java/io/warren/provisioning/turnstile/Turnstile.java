package io.warren.provisioning.turnstile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

    private static final int MOST_REMEMBERED = 10_000;

    private final ScopedValue<Place> place = ScopedValue.newInstance();
    private final Semaphore free;
    private final int waiting;
    private final Duration patience;
    private final ReturnTimes returnTimes;
    private final Cache<Object, Long> given;
    private final Counter turnedAway;

    Turnstile(TurnstileProperties properties, MeterRegistry meters) {
        free = new Semaphore(properties.atOnce(), true);
        waiting = properties.waiting();
        patience = properties.patience();
        returnTimes = new ReturnTimes(properties.perSecond(), properties.soonest(), properties.latest());
        given = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(properties.latest())
                .build();
        turnedAway = Counter.builder("warren.bootstrap.turned.away")
                .description("Devices that were asked to come back later, because there were too many")
                .register(meters);
        Gauge.builder("warren.bootstrap.waiting", free, Semaphore::getQueueLength)
                .description("Devices that wait for their turn")
                .register(meters);
    }

    /**
     * Does what a device has come for, when it is its turn; at once for whoever has a place.
     *
     * @param who has come: told the same time again if it comes before that, and nobody else's is later for it
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE}, with a time to come back, if its turn does not come soon
     */
    public <T> T pass(Object who, Supplier<T> work) {
        if (place.isBound()) {
            return work.get();
        }
        if (!enter()) {
            turnedAway.increment();
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many devices want in at the moment.", returnTime(who));
        }
        Place taken = new Place();
        try {
            return ScopedValue.where(place, taken).call(work::get);
        } finally {
            if (!taken.left) {
                free.release();
            }
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

    /** Waits for something when all is done that a place is needed for; for whoever has one. */
    public void leave(Runnable wait) {
        Place taken = place.get();
        if (!taken.left) {
            taken.left = true;
            free.release();
        }
        wait.run();
    }

    private Duration returnTime(Object who) {
        long now = System.nanoTime();
        Long told = given.getIfPresent(who);
        if (told != null && told > now) {
            return Duration.ofNanos(told - now);
        }
        Duration next = returnTimes.next();
        given.put(who, now + next.toNanos());
        return next;
    }

    /** Of somebody who was let in. */
    private static final class Place {

        private boolean left;
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
