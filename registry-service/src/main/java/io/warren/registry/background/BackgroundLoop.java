package io.warren.registry.background;

import io.warren.platform.worker.Worker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private final Worker worker = new Worker(Thread.ofVirtual().name(getClass().getSimpleName()));

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
        worker.start(this::run);
    }

    @Override
    public final void stop() {
        worker.stop(Thread::interrupt, STOP);
    }

    @Override
    public final boolean isRunning() {
        return worker.isWanted();
    }

    private void run() {
        try {
            while (isRunning()) {
                workOffOrWait();
            }
        } catch (InterruptedException e) {
            log.debug("Stopped");
        }
    }

    private void workOffOrWait() throws InterruptedException {
        try {
            if (!workOff() && work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (RuntimeException e) {
            log.warn("Tried again in a moment: {}", e.toString());
            Thread.sleep(IDLE);
        }
    }
}
