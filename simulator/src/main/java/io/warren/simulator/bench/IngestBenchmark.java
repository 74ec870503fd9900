package io.warren.simulator.bench;

import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.UsageException;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.Load;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code bench ingest}: see {@code docs/benchmarks.md} for the method. It takes over the installation for some minutes (one of its
 * services is stopped, and what waits for it is thrown away), and therefore works only on the machine it runs on.
 */
public final class IngestBenchmark {

    private static final String TELEMETRY = "telemetry-service";
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int DEFAULT_CONNECTIONS = 100;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int CONNECTS = 2_000;
    private static final int MESSAGES_IN_FLIGHT = 2_000;
    private static final int NARROWEST_WINDOW = 2;
    private static final int MOST_WINDOW = 1_000;
    private static final int RADIX = 36;

    private final Installation installation;
    private final Script script;
    private final Plan plan;
    private final PrintStream progress;
    private final Clock clock;

    /** What was asked for. */
    private record Plan(int connections, int window, Duration duration, InetSocketAddress broker) {}

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
        Options options = Options.parse(arguments, Set.of("--connections", "--window", "--for", "--out"));
        int connections = options.count("--connections", DEFAULT_CONNECTIONS, MOST_CONNECTIONS);
        int window =
                options.count("--window", Math.max(NARROWEST_WINDOW, MESSAGES_IN_FLIGHT / connections), MOST_WINDOW);
        Duration duration = options.duration("--for").orElse(DEFAULT_DURATION);
        if (duration.compareTo(LONGEST) > 0) {
            throw new UsageException("--for is 10m at the most");
        }
        Script script = new Script(environment);
        Path file = options.text("--out").map(Path::of).orElseGet(() -> script.results(connections));
        Installation installation = Installation.of(environment);
        InetSocketAddress broker = new InetSocketAddress(
                Installation.required(environment, "WARREN_MQTT_HOST"),
                Integer.parseInt(Installation.required(environment, "WARREN_MQTT_PORT")));
        requireLoopback(broker.getHostString());
        requireLoopback(installation.url().getHost());

        Report report = new IngestBenchmark(
                        installation, script, new Plan(connections, window, duration, broker), progress, clock)
                .measure();
        report.print(out);
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
        Files.writeString(file, json + "\n");
        out.println(json);
        progress.println("Written to " + file.toAbsolutePath());
    }

    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new UsageException(
                        "The benchmark stops a service and purges queues: it works on loopback only, not on " + host);
            }
        } catch (UnknownHostException e) {
            throw new UsageException("There is no host " + host);
        }
    }

    private Report measure() throws IOException, InterruptedException {
        Instant at = clock.instant();
        String prefix = "bench-" + Long.toString(at.getEpochSecond(), RADIX);
        try (Broker management = new Broker(script.backing());
                RestApi api = RestApi.forIntegrators(installation);
                MqttLoop loop = MqttLoop.open()) {
            Machine machine = Machine.describe(management.version());

            say("Registering %,d devices".formatted(plan.connections() + CONNECTS));
            List<BenchDevice> strangers = BenchDevice.register(api, installation.tenant(), prefix + "-c", CONNECTS);
            List<BenchDevice> devices =
                    BenchDevice.register(api, installation.tenant(), prefix + "-p", plan.connections());

            SignIn signIn = new SignIn(loop, plan.broker());
            say("(d) connecting %,d devices, twice".formatted(CONNECTS));
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
            Instant from = clock.instant();
            LatencyFigures latency =
                    new Latencies(api, "paced", clock).watch(devices, from, from.plus(plan.duration()));
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
