package io.warren.simulator.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.simulator.bench.Broker;
import io.warren.simulator.bench.Loopback;
import io.warren.simulator.bench.Machine;
import io.warren.simulator.bench.ProcessorTime;
import io.warren.simulator.bench.Results;
import io.warren.simulator.bench.Script;
import io.warren.simulator.cli.Options;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code bench registry}: see {@code docs/benchmarks.md} for the method. It writes devices past the registry into its tables, and
 * therefore works only on an installation of its own, on the machine it runs on.
 */
public final class RegistryBenchmark {

    private static final int DEVICES = 1_000_000;
    private static final int MOST_DEVICES = 10_000_000;
    private static final int WARM_UP_IMPORT = 20_000;
    private static final int IMPORT = 50_000;
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final int READS = 10_000;
    private static final int PAGES = 400;
    private static final int QUESTIONS = 10_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Installation installation;
    private final Script script;
    private final BenchFleet fleet;
    private final int devices;
    private final PrintStream progress;

    private RegistryBenchmark(Installation installation, Script script, int devices, PrintStream progress) {
        this.installation = installation;
        this.script = script;
        this.fleet = new BenchFleet(installation.tenant());
        this.devices = devices;
        this.progress = progress;
    }

    /** Measures, prints a table and JSON, and writes the JSON to a file. */
    public static void run(
            List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream progress, Clock clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, Set.of("--devices", "--out"));
        int devices = options.count("--devices", DEVICES, MOST_DEVICES);
        Loopback.broker(environment);
        Script script = new Script(environment);
        RegistryReport report =
                new RegistryBenchmark(Installation.of(environment), script, devices, progress).measure(clock.instant());
        report.print(out);
        Results.write(
                report, options.text("--out").map(Path::of).orElseGet(() -> script.results("registry")), out, progress);
    }

    private RegistryReport measure(Instant at) throws IOException, InterruptedException {
        Map<String, String> backing = script.backing();
        try (Broker broker = new Broker(backing);
                RegistryDatabase database = new RegistryDatabase(backing);
                RestApi api = RestApi.forIntegrators(installation);
                BrokerQuestions questions =
                        new BrokerQuestions(backing.getOrDefault("WARREN_TEST_REGISTRY_PORT", "0"), fleet, devices);
                Transfers transfers = new Transfers(installation)) {
            Machine machine = Machine.describe(broker.version());
            say("Making %,d devices".formatted(devices));
            long began = System.nanoTime();
            database.make(fleet, devices);
            double setUp = seconds(began);

            Map<String, ResponseTimes> responses = new LinkedHashMap<>();
            say("Reading devices one by one");
            responses.put(
                    "a device",
                    ResponseTimes.of(
                            chance -> api.get("/api/v1/devices/" + fleet.id(chance.nextInt(devices)), JsonNode.class),
                            WARM_UP,
                            READS));
            say("Asking for the first page of a filter");
            responses.put("first page, rare tag", pages(api, "20 devices"));
            responses.put("first page, common tag", pages(api, BenchFleet.COMMON_SITE));
            say("Asking as the broker does");
            responses.put("broker's question, any device", ResponseTimes.of(questions, WARM_UP, QUESTIONS));

            say("Importing %,d devices, after %,d others".formatted(IMPORT, WARM_UP_IMPORT));
            transfers.importNew(fleet, devices, WARM_UP_IMPORT);
            awaitEvents(database);
            Map<String, Double> before = ProcessorTime.of(script.processes());
            long importing = System.nanoTime();
            transfers.importNew(fleet, devices + WARM_UP_IMPORT, IMPORT);
            double imported = IMPORT / seconds(importing);
            Map<String, Double> microseconds = perDevice(before, ProcessorTime.of(script.processes()));
            awaitEvents(database);
            double published = IMPORT / seconds(importing);

            say("Exporting all");
            long exporting = System.nanoTime();
            double exported = transfers.export() / seconds(exporting);
            return new RegistryReport(
                    at, machine, devices, setUp, responses, imported, microseconds, published, exported);
        }
    }

    private static Map<String, Double> perDevice(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> microseconds = new LinkedHashMap<>();
        after.forEach((process, seconds) ->
                microseconds.put(process, 1e6 * (seconds - before.getOrDefault(process, 0.0)) / IMPORT));
        return microseconds;
    }

    private ResponseTimes pages(RestApi api, String site) throws IOException, InterruptedException {
        return ResponseTimes.of(
                chance -> {
                    String asked =
                            site.equals(BenchFleet.COMMON_SITE) ? site : BenchFleet.rareSite(chance.nextInt(devices));
                    String filter = URLEncoder.encode("device.tags.site == \"" + asked + "\"", UTF_8);
                    api.get("/api/v1/devices?filter=" + filter, JsonNode.class);
                },
                WARM_UP,
                PAGES);
    }

    private static void awaitEvents(RegistryDatabase database) throws IOException, InterruptedException {
        while (database.waitingEvents() > 0) {
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private void say(String line) {
        progress.println(line);
    }
}
