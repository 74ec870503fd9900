package io.warren.simulator.bench.ingest;

import io.warren.simulator.bench.BenchDevice;
import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.installation.History;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long after its publication a message can be read: some devices' histories are read again and again, and each message that
 * was not there before is as old as it is. What the reading itself takes, and the pause since the reading before, count as well.
 */
final class Latencies {

    private static final int DEVICES = 4;
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(100);

    private final RestApi api;
    private final String stream;
    private final Clock clock;

    Latencies(RestApi api, String stream, Clock clock) {
        this.api = api;
        this.stream = stream;
        this.clock = clock;
    }

    /** Watches devices spread over the list, for messages published from now on and for so long. */
    LatencyFigures watch(List<BenchDevice> devices, Duration time) throws IOException, InterruptedException {
        Instant from = clock.instant();
        Instant until = from.plus(time);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> watches = new ArrayList<>();
            int count = Math.min(DEVICES, devices.size());
            for (int i = 0; i < count; i++) {
                BenchDevice device = devices.get(i * devices.size() / count);
                watches.add(threads.submit(() -> watch(device, from, until)));
            }
            List<Long> millis = new ArrayList<>();
            for (Future<List<Long>> watch : watches) {
                millis.addAll(watch.get());
            }
            return LatencyFigures.of(millis);
        } catch (ExecutionException e) {
            throw new IOException("The latency could not be measured", e.getCause());
        }
    }

    private List<Long> watch(BenchDevice device, Instant from, Instant until) throws IOException, InterruptedException {
        History history = new History(api, device.id(), stream);
        List<Long> millis = new ArrayList<>();
        Instant newest = from;
        long seen = 0;
        while (clock.instant().isBefore(until)) {
            List<History.Item> items = history.since(newest);
            Instant now = clock.instant();
            for (History.Item item : items) {
                if (item.seq() > seen) {
                    millis.add(Duration.between(item.ts(), now).toMillis());
                    seen = item.seq();
                    newest = item.ts();
                }
            }
            Thread.sleep(BETWEEN_READINGS);
        }
        return millis;
    }
}
