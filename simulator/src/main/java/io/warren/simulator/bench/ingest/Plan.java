package io.warren.simulator.bench.ingest;

import io.warren.simulator.bench.Loopback;
import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.UsageException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked of a benchmark.
 *
 * @param connections that publish
 * @param window the most messages in flight on each
 * @param duration of each phase
 * @param broker where it takes plain MQTT
 * @param file where the figures go, if not where the script keeps them
 */
record Plan(int connections, int window, Duration duration, InetSocketAddress broker, Optional<Path> file) {

    private static final int DEFAULT_CONNECTIONS = 100;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MESSAGES_IN_FLIGHT = 2_000;
    private static final int NARROWEST_WINDOW = 2;
    private static final int MOST_WINDOW = 1_000;
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Reads the command line and the environment; {@link UsageException} for what makes no sense or is not on this machine. */
    static Plan of(List<String> arguments, Map<String, String> environment) {
        Options options = Options.parse(arguments, Set.of("--connections", "--window", "--for", "--out"));
        int connections = options.count("--connections", DEFAULT_CONNECTIONS, MOST_CONNECTIONS);
        int window =
                options.count("--window", Math.max(NARROWEST_WINDOW, MESSAGES_IN_FLIGHT / connections), MOST_WINDOW);
        Duration duration = options.duration("--for").orElse(DEFAULT_DURATION);
        if (duration.compareTo(LONGEST) > 0) {
            throw new UsageException("--for is 10m at the most");
        }
        return new Plan(
                connections,
                window,
                duration,
                Loopback.broker(environment),
                options.text("--out").map(Path::of));
    }
}
