package io.warren.simulator.bench.ingest;

import io.warren.simulator.bench.BenchDevice;
import io.warren.simulator.bench.Broker;
import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.bench.Machine;
import io.warren.simulator.bench.Memory;
import io.warren.simulator.bench.Publisher;
import io.warren.simulator.bench.Rate;
import io.warren.simulator.bench.Results;
import io.warren.simulator.bench.Script;
import io.warren.simulator.bench.SignIn;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.Load;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * {@code bench ingest}: see {@code docs/benchmarks.md} for the method. It takes over the installation for some minutes (one of its
 * services is stopped, and what waits for it is thrown away), and therefore works only on the machine it runs on.
 */
public final class IngestBenchmark {

    private static final String TELEMETRY = "telemetry-service";
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int CONNECTS = 2_000;
    private static final int RADIX = 36;

    private final Installation installation;
    private final Script script;
    private final Plan plan;
    private final PrintStream progress;
    private final Clock clock;

    private IngestBenchmark(Installation installation, Script script, Plan plan, PrintStream progress, Clock clock) {
        this.installation = installation;
        this.script = script;
        this.plan = plan;
        this.progress = progress;
        this.clock = clock;
    }

    /** Measures, prints a table and JSON, and writes the JSON to a file. */
    public static void run(
            List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream progress, Clock clock)
            throws IOException, InterruptedException {
        Plan plan = Plan.of(arguments, environment);
        Script script = new Script(environment);
        Report report = new IngestBenchmark(Installation.of(environment), script, plan, progress, clock).measure();
        report.print(out);
        Results.write(
                report, plan.file().orElseGet(() -> script.results("ingest-" + plan.connections())), out, progress);
    }

    private Report measure() throws IOException, InterruptedException {
        Instant at = clock.instant();
        String prefix = "bench-" + Long.toString(at.getEpochSecond(), RADIX);
        try (Broker management = new Broker(script.backing());
                RestApi api = RestApi.forIntegrators(installation);
                MqttLoop loop = MqttLoop.open()) {
            Machine machine = Machine.describe(management.version());

            say("Registering %,d devices".formatted(plan.connections() + 2 * CONNECTS));
            List<BenchDevice> others = BenchDevice.register(api, installation.tenant(), prefix + "-w", CONNECTS);
            List<BenchDevice> strangers = BenchDevice.register(api, installation.tenant(), prefix + "-c", CONNECTS);
            List<BenchDevice> devices =
                    BenchDevice.register(api, installation.tenant(), prefix + "-p", plan.connections());

            SignIn signIn = new SignIn(loop, plan.broker(), api, clock);
            say("(d) connecting %,d devices, twice, after a warm-up with others".formatted(CONNECTS));
            signIn.warmUp(others, WARM_UP);
            Rate firstConnects = signIn.measure(strangers);
            Rate laterConnects = signIn.measure(strangers);
            List<Publisher> publishers = signIn.connect(devices);

            Rate ceiling = ceiling(loop, publishers, management);

            say("Warming up for %d s".formatted(WARM_UP.toSeconds()));
            LoadRun warmUp = start(loop, publishers, "warmup", Load.UNLIMITED);
            Thread.sleep(WARM_UP);
            warmUp.finish();
            warmUp.awaitReadable(api);

            say("(b) end to end for %d s".formatted(plan.duration().toSeconds()));
            LoadRun load = start(loop, publishers, "load", Load.UNLIMITED);
            Thread.sleep(plan.duration());
            Rate acknowledged = load.finish();
            Rate endToEnd = load.awaitReadable(api);

            say("Reading %,d messages back".formatted(acknowledged.count()));
            Completeness completeness = Completeness.read(api, devices, "load", at);

            double half = endToEnd.perSecond() / 2;
            say("(c) latency at %,.0f messages/s for %d s"
                    .formatted(half, plan.duration().toSeconds()));
            LoadRun paced = start(loop, publishers, "paced", half);
            Latencies latencies = new Latencies(api, "paced", clock);
            latencies.watch(devices, WARM_UP);
            LatencyFigures latency = latencies.watch(devices, plan.duration());
            List<Memory> memory = Memory.of(script.processes());
            paced.finish();

            return new Report(
                    at,
                    machine,
                    plan.connections(),
                    plan.window(),
                    ceiling,
                    acknowledged,
                    endToEnd,
                    load.refused(),
                    Math.max(0, acknowledged.count() - completeness.stored()),
                    completeness,
                    half,
                    latency,
                    firstConnects,
                    laterConnects,
                    memory);
        }
    }

    /** (a): the same broker, devices, shards and messages, with nobody reading. */
    private Rate ceiling(MqttLoop loop, List<Publisher> publishers, Broker management)
            throws IOException, InterruptedException {
        say("(a) the broker alone for %d s".formatted(plan.duration().toSeconds()));
        script.stop(TELEMETRY);
        try {
            LoadRun warmUp = start(loop, publishers, "ceiling", Load.UNLIMITED);
            Thread.sleep(WARM_UP);
            warmUp.finish();
            management.purgeShards();
            LoadRun load = start(loop, publishers, "ceiling", Load.UNLIMITED);
            Thread.sleep(plan.duration());
            return load.finish();
        } finally {
            management.purgeShards();
            script.start(TELEMETRY);
        }
    }

    private LoadRun start(MqttLoop loop, List<Publisher> publishers, String stream, double perSecond) {
        List<LoadRun.Source> sources = publishers.stream()
                .map(publisher -> new LoadRun.Source(
                        publisher,
                        new Readings(installation.tenant(), publisher.device().id(), stream, clock)))
                .toList();
        return LoadRun.start(loop, sources, stream, plan.window(), perSecond);
    }

    private void say(String step) {
        progress.println(step);
    }
}
