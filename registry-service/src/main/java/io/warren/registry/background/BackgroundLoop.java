package io.warren.registry.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A thread that works off what lies in a table: when woken, and once a second anyway, for what became due by itself or was
 * written by another replica. A failure is logged and what is left is tried in the next round.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Semaphore work = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /**
     * Works off a batch.
     *
     * @return whether there may be more
     * @throws InterruptedException when the service stops
     */
    protected abstract boolean workOff() throws InterruptedException;

    /** Wakes the loop after the commit of the transaction under way. */
    protected final void wakeAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (work.availablePermits() == 0) {
                    work.release();
                }
            }
        });
    }

    @Override
    public final void start() {
        Thread starting = Thread.ofVirtual().name(getClass().getSimpleName()).unstarted(this::run);
        // set before it runs: it goes on for as long as it is the one
        thread = starting;
        starting.start();
    }

    @Override
    public final void stop() {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (isRunning()) {
            try {
                if (!workOff() && work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Tried again in a moment: {}", e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            thread = null;
        }
    }
}
