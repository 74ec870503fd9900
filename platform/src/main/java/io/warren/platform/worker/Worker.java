package io.warren.platform.worker;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread that a component has from its start to its stop. */
public final class Worker {

    private final Thread.Builder kind;
    private volatile @Nullable Thread thread;

    /** A worker whose thread is made by this builder. */
    public Worker(Thread.Builder kind) {
        this.kind = kind;
    }

    /** Starts the thread; its work goes on while {@link #isWanted()}. */
    public void start(Runnable work) {
        Thread starting = kind.unstarted(work);
        // known before it runs, or it might find that it is not wanted
        thread = starting;
        starting.start();
    }

    /** Whether it was started and not stopped. */
    public boolean isWanted() {
        return thread != null;
    }

    /**
     * Stops it.
     *
     * @param call tells the thread, which may be waiting for something, to look whether it is still wanted
     * @param patience how long it may take to end
     */
    public void stop(Consumer<Thread> call, Duration patience) {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        call.accept(running);
        try {
            running.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
