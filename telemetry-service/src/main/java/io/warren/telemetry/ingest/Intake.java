package io.warren.telemetry.ingest;

import io.warren.telemetry.message.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a connection's thread puts messages and a lane's thread takes them in batches. Both are woken as rarely as can be: the
 * lane for the first message of a batch and for a full one.
 */
final class Intake {

    /** What a batch may hold before it counts as full; a batch of a thousand measurements a message needs room as it is read. */
    private static final long BATCH_BYTES = 1 << 20;

    private final int batch;
    private final long lingerNanos;
    private final long capacity;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filling = lock.newCondition();
    private final Condition draining = lock.newCondition();
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private long firstAt;
    private long held;
    private long taken;
    private boolean closed;

    /** An intake for batches of so many messages, which hold so many bytes together with those that wait. */
    Intake(int batch, Duration linger, long capacity) {
        this.batch = batch;
        this.lingerNanos = linger.toNanos();
        this.capacity = capacity;
    }

    /** Adds a message, once there is room for it; one that is larger than all room is let in alone. */
    void put(Delivery delivery) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && held > 0 && held + delivery.body().length > capacity) {
                draining.await();
            }
            if (closed) {
                return;
            }
            held += delivery.body().length;
            boolean first = waiting.isEmpty();
            waiting.add(delivery);
            if (first) {
                firstAt = System.nanoTime();
            }
            if (first || isFull()) {
                filling.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a batch: waits for a first message, and then for others until the batch is full or the first has waited long enough.
     *
     * @return the messages in their order; none when the intake is closed
     */
    List<Delivery> take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty()) {
                filling.await();
            }
            long left = lingerNanos - (System.nanoTime() - firstAt);
            while (!closed && !isFull() && left > 0) {
                left = filling.awaitNanos(left);
            }
            return closed ? List.of() : cut();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return waiting.size() >= batch || held - taken >= Math.min(capacity, BATCH_BYTES);
    }

    private List<Delivery> cut() {
        List<Delivery> cut = new ArrayList<>(Math.min(waiting.size(), batch));
        taken = 0;
        while (!waiting.isEmpty() && cut.size() < batch && taken < BATCH_BYTES) {
            Delivery next = waiting.removeFirst();
            taken += next.body().length;
            cut.add(next);
        }
        return cut;
    }

    /** Makes room: the batch that was taken last is done with. */
    void release() {
        lock.lock();
        try {
            held -= taken;
            taken = 0;
            draining.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: nothing is let in or out any more, and nobody waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filling.signalAll();
            draining.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time, or less if the intake is closed meanwhile; false if it is closed. */
    boolean pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = filling.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
