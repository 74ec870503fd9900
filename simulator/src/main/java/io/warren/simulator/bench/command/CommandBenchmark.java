package io.warren.simulator.bench.command;

import io.warren.simulator.bench.BenchDevice;
import io.warren.simulator.bench.Broker;
import io.warren.simulator.bench.LatencyFigures;
import io.warren.simulator.bench.Machine;
import io.warren.simulator.bench.ProcessorTime;
import io.warren.simulator.bench.Publisher;
import io.warren.simulator.bench.Results;
import io.warren.simulator.bench.Script;
import io.warren.simulator.bench.SignIn;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.MqttConnection;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code bench commands}: see {@code docs/benchmarks.md} for the method. */
public final class CommandBenchmark {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int RADIX = 36;

    private final Installation installation;
    private final Script script;
    private final CommandPlan plan;
    private final PrintStream progress;
    private final Clock clock;

    private CommandBenchmark(
            Installation installation, Script script, CommandPlan plan, PrintStream progress, Clock clock) {
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
        CommandPlan plan = CommandPlan.of(arguments, environment);
        Script script = new Script(environment);
        CommandReport report =
                new CommandBenchmark(Installation.of(environment), script, plan, progress, clock).measure();
        report.print(out);
        Results.write(report, plan.file().orElseGet(() -> script.results("commands-" + plan.devices())), out, progress);
    }

    private CommandReport measure() throws IOException, InterruptedException {
        Instant at = clock.instant();
        String prefix = "bench-" + Long.toString(at.getEpochSecond(), RADIX);
        try (Broker management = new Broker(script.backing());
                RestApi api = RestApi.forIntegrators(installation);
                MqttLoop loop = MqttLoop.open()) {
            Machine machine = Machine.describe(management.version());
            say("Registering %,d devices".formatted(plan.devices()));
            List<BenchDevice> devices = BenchDevice.register(api, installation.tenant(), prefix, plan.devices());
            say("Connecting them");
            Obedience obedience = new Obedience();
            subscribe(loop, new SignIn(loop, plan.broker(), api, clock).connect(devices), obedience);
            awaitPresent(api, devices.getLast());

            say("A first command to each, which does not count");
            Batch.start(api, plan.rate()).await(plan.devices(), PATIENCE);
            say("A command to each at %,d /s".formatted(plan.rate()));
            Map<String, Double> before = ProcessorTime.of(script.processes());
            Batch batch = Batch.start(api, plan.rate());
            batch.await(plan.devices(), PATIENCE);
            Map<String, Double> after = ProcessorTime.of(script.processes());
            return report(at, machine, batch.commands(), obedience, perCommand(before, after));
        }
    }

    private void subscribe(MqttLoop loop, List<Publisher> connected, Obedience obedience) throws IOException {
        List<CompletableFuture<MqttConnection>> subscriptions = connected.stream()
                .map(each -> loop.subscribe(
                        each.connection(),
                        "v1/%s/%s/down/commands/#"
                                .formatted(installation.tenant(), each.device().id()),
                        obedience))
                .toList();
        try {
            subscriptions.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IOException("A device could not subscribe", e.getCause());
        }
    }

    private static void awaitPresent(RestApi api, BenchDevice last) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!api.get("/api/v1/devices/" + last.id(), Device.class).connected()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The registry did not note who came within " + PATIENCE);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private Map<String, Double> perCommand(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> millis = new TreeMap<>();
        after.forEach((process, seconds) ->
                millis.put(process, (seconds - before.getOrDefault(process, 0.0)) * 1_000 / plan.devices()));
        return millis;
    }

    private CommandReport report(
            Instant at,
            Machine machine,
            List<Batch.Command> commands,
            Obedience obedience,
            Map<String, Double> millisPerCommand)
            throws IOException {
        if (commands.isEmpty()) {
            throw new IOException("No device was given the command");
        }
        Instant first = commands.getFirst().createdAt();
        Instant last = first;
        Set<String> succeeded = new HashSet<>();
        List<Long> given = new ArrayList<>();
        List<Long> answered = new ArrayList<>();
        long doubled = 0;
        for (int i = 0; i < commands.size(); i++) {
            Batch.Command command = commands.get(i);
            Instant due = first.plusNanos(1_000_000_000L * i / plan.rate());
            given.add(Duration.between(due, command.createdAt()).toMillis());
            Instant finishedAt = command.finishedAt();
            if (finishedAt != null && command.state().equals("succeeded")) {
                if (!succeeded.add(command.device())) {
                    doubled++;
                }
                answered.add(Duration.between(due, finishedAt).toMillis());
                last = finishedAt.isAfter(last) ? finishedAt : last;
            }
            doubled += Math.max(0, obedience.times(command.id()) - 1);
        }
        return new CommandReport(
                at,
                machine,
                plan.devices(),
                plan.rate(),
                answered.size(),
                Duration.between(first, last).toNanos() / 1e9,
                LatencyFigures.of(given),
                LatencyFigures.of(answered),
                plan.devices() - succeeded.size(),
                doubled,
                millisPerCommand);
    }

    private void say(String step) {
        progress.println(step);
    }

    private record Device(boolean connected) {}
}
