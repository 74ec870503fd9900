package io.warren.simulator.bench.command;

import io.warren.simulator.bench.Loopback;
import io.warren.simulator.cli.Options;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked of the benchmark.
 *
 * @param devices that are connected and get the command
 * @param rate how many of them a second
 * @param broker where it takes plain MQTT
 * @param file where the figures go, if not where the script keeps them
 */
record CommandPlan(int devices, int rate, InetSocketAddress broker, Optional<Path> file) {

    private static final int USUAL_DEVICES = 10_000;
    private static final int MOST_DEVICES = 15_000;
    private static final int USUAL_RATE = 500;
    private static final int MOST_RATE = 1_000;

    static CommandPlan of(List<String> arguments, Map<String, String> environment) {
        Options options = Options.parse(arguments, Set.of("--devices", "--rate", "--out"));
        return new CommandPlan(
                options.count("--devices", USUAL_DEVICES, MOST_DEVICES),
                options.count("--rate", USUAL_RATE, MOST_RATE),
                Loopback.broker(environment),
                options.text("--out").map(Path::of));
    }
}
