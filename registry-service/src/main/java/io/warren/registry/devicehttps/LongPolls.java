package io.warren.registry.devicehttps;

import io.warren.contracts.device.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets devices wait for an answer. Each that waits holds a connection of the gateway's, so only so many do; the others are answered
 * at once, as if they had not asked to wait.
 */
@Component
class LongPolls {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 60;

    /** One tenant's share, so that its devices do not keep those of others from waiting. */
    private static final int MOST_WAITING_OF_A_TENANT = 20;

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<TenantId, Integer> waiting = new ConcurrentHashMap<>();

    /**
     * Asks until the answer is worth having or the time is over. Nothing is held between two questions.
     *
     * @param patience for how long to ask again
     */
    <T> T until(TenantId tenant, Supplier<T> question, Predicate<T> worthHaving, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        T answer = question.get();
        if (worthHaving.test(answer) || patience.isZero() || !enter(tenant)) {
            return answer;
        }
        try {
            long left = end - System.nanoTime();
            while (left > 0 && !worthHaving.test(answer)) {
                Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())));
                answer = question.get();
                left = end - System.nanoTime();
            }
            return answer;
        } finally {
            leave(tenant);
        }
    }

    private boolean enter(TenantId tenant) {
        if (waiting.merge(tenant, 1, Integer::sum) <= MOST_WAITING_OF_A_TENANT && places.tryAcquire()) {
            return true;
        }
        forget(tenant);
        return false;
    }

    private void leave(TenantId tenant) {
        places.release();
        forget(tenant);
    }

    private void forget(TenantId tenant) {
        waiting.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }
}
