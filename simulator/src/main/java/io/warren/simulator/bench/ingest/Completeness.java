package io.warren.simulator.bench.ingest;

import io.warren.simulator.bench.BenchDevice;
import io.warren.simulator.installation.History;
import io.warren.simulator.installation.Parallel;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of the messages of a load, read back one by one.
 *
 * @param stored different messages that can be read
 * @param doubled messages that are there more often than once
 * @param disordered messages that follow a later one of their device
 */
record Completeness(long stored, long doubled, long disordered) {

    /** Reads the whole histories of these devices. */
    static Completeness read(RestApi api, List<BenchDevice> devices, String stream, Instant from)
            throws IOException, InterruptedException {
        return Parallel.map(devices, device -> of(new History(api, device.id(), stream).since(from))).stream()
                .reduce(new Completeness(0, 0, 0), Completeness::plus);
    }

    static Completeness of(List<History.Item> items) {
        Set<Long> different = new HashSet<>();
        long disordered = 0;
        long before = 0;
        for (History.Item item : items) {
            if (different.add(item.seq()) && item.seq() < before) {
                disordered++;
            }
            before = item.seq();
        }
        return new Completeness(different.size(), items.size() - different.size(), disordered);
    }

    private Completeness plus(Completeness other) {
        return new Completeness(stored + other.stored, doubled + other.doubled, disordered + other.disordered);
    }
}
