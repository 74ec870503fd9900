package io.warren.simulator.bench;

import java.io.IOException;
import java.util.List;

/**
 * A distribution, in milliseconds.
 *
 * @param samples the messages looked at
 */
public record LatencyFigures(int samples, long p50, long p99, long max) {

    /** {@link IOException} if there is nothing to tell. */
    public static LatencyFigures of(List<Long> millis) throws IOException {
        if (millis.isEmpty()) {
            throw new IOException("No message could be read while the latency was measured");
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return new LatencyFigures(sorted.size(), percentile(sorted, 50), percentile(sorted, 99), sorted.getLast());
    }

    /** The nearest-rank percentile. */
    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
