package io.warren.simulator.boot;

import io.warren.simulator.enrollment.BootstrapDoor;
import io.warren.simulator.enrollment.FactoryDevice;
import io.warren.simulator.enrollment.Newcomer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Devices that are switched on within some time and want in, each in a thread of its own, until all are through. */
public final class Wave implements AutoCloseable {

    private static final int MOST_REFUSALS_KEPT = 1_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch left;
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong unheard = new AtomicLong();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final int devices;

    private Wave(int devices) {
        this.devices = devices;
        this.left = new CountDownLatch(devices);
    }

    /**
     * Switches devices on.
     *
     * @param within in which time, evenly by chance
     */
    public static Wave start(List<FactoryDevice> devices, BootstrapDoor door, Duration within) {
        Wave wave = new Wave(devices.size());
        SplittableRandom chance = new SplittableRandom();
        for (FactoryDevice device : devices) {
            Duration after = Duration.ofMillis(chance.nextLong(within.toMillis() + 1));
            SplittableRandom own = chance.split();
            var _ = wave.threads.submit(() -> {
                wave.boot(new Newcomer(device, door, own), after);
                return null;
            });
        }
        return wave;
    }

    private void boot(Newcomer newcomer, Duration after) throws InterruptedException {
        try {
            Thread.sleep(after);
            Newcomer.Outcome outcome = newcomer.boot();
            turnedAway.addAndGet(outcome.turnedAway());
            unheard.addAndGet(outcome.unheard());
            String refusal = outcome.refusal();
            if (refusal == null) {
                registered.incrementAndGet();
            } else {
                refuse(refusal);
            }
        } catch (RuntimeException e) {
            refuse(e.toString()); // nobody waits for a device that has failed
        } finally {
            left.countDown();
        }
    }

    private void refuse(String reason) {
        refused.incrementAndGet();
        if (refusals.size() < MOST_REFUSALS_KEPT) {
            refusals.merge(reason, 1, Integer::sum);
        }
    }

    /** Waits until all are through; false if the time is over before. */
    public boolean await(Duration patience) throws InterruptedException {
        return left.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many there are in all. */
    public int devices() {
        return devices;
    }

    /** How many have an identity. */
    public int registered() {
        return registered.get();
    }

    /** How many were refused for good. */
    public int refused() {
        return refused.get();
    }

    /** How often those that are through had been told to come back later. */
    public long turnedAway() {
        return turnedAway.get();
    }

    /** How often nobody had answered those that are through. */
    public long unheard() {
        return unheard.get();
    }

    /** Why devices were refused, and how many for each reason. */
    public Map<String, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
