package io.warren.simulator.bench.provisioning;

import io.warren.simulator.bench.Loopback;
import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked of the benchmark.
 *
 * @param atOnce how many devices knock at the same time while the rate is measured
 * @param duration how long each kind of bootstrap is measured
 * @param outage how many devices find the service away
 * @param file where the figures go, if not where the script keeps them
 */
record ProvisioningPlan(int atOnce, Duration duration, int outage, Optional<Path> file) {

    private static final int USUAL_AT_ONCE = 32;
    private static final int MOST_AT_ONCE = 256;
    private static final int USUAL_OUTAGE = 100_000;
    private static final int MOST_OUTAGE = 200_000;
    private static final Duration USUAL_DURATION = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    static ProvisioningPlan of(List<String> arguments, Map<String, String> environment) {
        Options options = Options.parse(arguments, Set.of("--at-once", "--for", "--outage", "--out"));
        Loopback.broker(environment);
        Duration duration = options.duration("--for").orElse(USUAL_DURATION);
        if (duration.compareTo(LONGEST) > 0) {
            throw new UsageException("--for is 2m at the most");
        }
        return new ProvisioningPlan(
                options.count("--at-once", USUAL_AT_ONCE, MOST_AT_ONCE),
                duration,
                options.count("--outage", USUAL_OUTAGE, MOST_OUTAGE),
                options.text("--out").map(Path::of));
    }
}
