package io.warren.simulator.demo;

import io.warren.simulator.fleet.Fleet;
import io.warren.simulator.fleet.Vitals;
import io.warren.simulator.installation.History;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the REST API, device by device and round and round, how much of what they sent can be read. */
final class Readback {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final String STREAM = "env";

    private final RestApi api;
    private final Fleet fleet;
    private final Map<String, Long> stored = new ConcurrentHashMap<>();

    Readback(RestApi api, Fleet fleet) {
        this.api = api;
        this.fleet = fleet;
    }

    /** The measurements that can be read, as far as asked: devices count theirs, so the newest tells. */
    long stored() {
        return stored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Goes on until interrupted. */
    void watch() {
        try {
            while (true) {
                for (Vitals device : fleet.devices()) {
                    look(device);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Vitals device) throws InterruptedException {
        if (device.acknowledged() > 0) {
            try {
                history(device).newest().ifPresent(item -> stored.put(device.id(), item.seq()));
            } catch (IOException e) {
                // away for a moment; it comes round again
            }
        }
    }

    /** Waits, a while, until everything acknowledged can be read, then counts it measurement by measurement. */
    long count(Instant from) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        long count = 0;
        List<Vitals> heard = fleet.devices().stream()
                .filter(device -> device.acknowledged() > 0)
                .toList();
        for (Vitals device : heard) {
            List<History.Item> items = history(device).since(from);
            while (items.size() < device.acknowledged() && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                items = history(device).since(from);
            }
            count += items.stream().mapToLong(History.Item::seq).distinct().count();
        }
        return count;
    }

    private History history(Vitals device) {
        return new History(api, device.id(), STREAM);
    }
}
