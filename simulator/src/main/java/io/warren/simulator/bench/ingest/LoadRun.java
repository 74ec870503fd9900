package io.warren.simulator.bench.ingest;

import io.warren.simulator.bench.Publisher;
import io.warren.simulator.bench.Rate;
import io.warren.simulator.installation.History;
import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.Load;
import io.warren.simulator.mqtt.MqttConnection;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One load of the benchmark, on a stream of its own: from its first message until the last one can be read. */
final class LoadRun {

    private static final Duration ACKNOWLEDGEMENT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STORAGE_PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int MOST_WATCHED = 200;

    private final String stream;
    private final List<Source> sources;
    private final Load load;
    private final Duration cpuBefore = cpu();

    /** A connected device and what it sends. */
    record Source(Publisher publisher, Readings readings) {}

    private LoadRun(String stream, List<Source> sources, Load load) {
        this.stream = stream;
        this.sources = sources;
        this.load = load;
    }

    /** Begins to publish; the window and the rate are those of {@link MqttLoop#start}. */
    static LoadRun start(MqttLoop loop, List<Source> sources, String stream, int window, double perSecond) {
        Map<MqttConnection, Readings> traffic = sources.stream()
                .collect(Collectors.toMap(source -> source.publisher().connection(), Source::readings));
        Load load = loop.start(
                sources.stream().map(source -> source.publisher().connection()).toList(),
                connection -> Objects.requireNonNull(traffic.get(connection)),
                window,
                perSecond);
        return new LoadRun(stream, sources, load);
    }

    /** Stops publishing; answers with what the broker acknowledged, until its last answer. */
    Rate finish() throws IOException, InterruptedException {
        load.finish(ACKNOWLEDGEMENT_PATIENCE);
        return Rate.of(load.acknowledged(), load.elapsed(), cpu().minus(cpuBefore));
    }

    long refused() {
        return load.refused();
    }

    /**
     * Waits until the last message of every device can be read (the service keeps each device's order), or with very many
     * devices of some that are spread over all shards; answers with how long that took from the first message sent.
     */
    Rate awaitReadable(RestApi api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STORAGE_PATIENCE.toNanos();
        int step = Math.ceilDiv(sources.size(), MOST_WATCHED);
        for (int i = 0; i < sources.size(); i += step) {
            Source source = sources.get(i);
            History history = new History(api, source.publisher().device().id(), stream);
            long last = source.readings().count();
            while (last > 0 && history.newest().map(History.Item::seq).orElse(0L) < last) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("Not everything acknowledged could be read after " + STORAGE_PATIENCE);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - load.startedNanos());
        return Rate.of(load.acknowledged(), elapsed, cpu().minus(cpuBefore));
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
