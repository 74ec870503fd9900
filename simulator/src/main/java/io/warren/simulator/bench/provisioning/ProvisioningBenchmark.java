package io.warren.simulator.bench.provisioning;

import io.warren.simulator.bench.Broker;
import io.warren.simulator.bench.Machine;
import io.warren.simulator.bench.Results;
import io.warren.simulator.bench.Script;
import io.warren.simulator.enrollment.BootstrapDoor;
import io.warren.simulator.enrollment.FactoryDevice;
import io.warren.simulator.enrollment.FactoryGroup;
import io.warren.simulator.enrollment.SigningRequests;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** {@code bench provisioning}: see {@code docs/benchmarks.md} for the method. */
public final class ProvisioningBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    /** No two cores issue more certificates than that to devices that come over the network. */
    private static final int MOST_A_SECOND = 500;

    private static final int RADIX = 36;

    private final Installation installation;
    private final Script script;
    private final ProvisioningPlan plan;
    private final PrintStream progress;
    private final String name;

    private ProvisioningBenchmark(
            Installation installation, Script script, ProvisioningPlan plan, PrintStream progress, String name) {
        this.installation = installation;
        this.script = script;
        this.plan = plan;
        this.progress = progress;
        this.name = name;
    }

    /** Measures, prints a table and JSON, and writes the JSON to a file. */
    public static void run(
            List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream progress, Clock clock)
            throws IOException, InterruptedException {
        ProvisioningPlan plan = ProvisioningPlan.of(arguments, environment);
        Script script = new Script(environment);
        Instant at = clock.instant();
        String name = "bench-" + Long.toString(at.getEpochSecond(), RADIX);
        ProvisioningReport report =
                new ProvisioningBenchmark(Installation.of(environment), script, plan, progress, name).measure(at);
        report.print(out);
        Results.write(report, plan.file().orElseGet(() -> script.results("provisioning")), out, progress);
    }

    private ProvisioningReport measure(Instant at) throws IOException, InterruptedException {
        try (Broker management = new Broker(script.backing());
                RestApi api = RestApi.forIntegrators(installation);
                BootstrapDoor door = new BootstrapDoor(installation, plan.atOnce());
                BootstrapDoor wide = new BootstrapDoor(installation, 2 * plan.atOnce())) {
            Machine machine = Machine.describe(management.version());
            say("A warm-up with both kinds");
            measure(door, devices(api, "warm-keys"), WARM_UP.dividedBy(2));
            measure(door, devicesWithRequests(api, "warm-requests", WARM_UP.dividedBy(2)), WARM_UP.dividedBy(2));
            say("Devices with a key");
            Bootstraps withKey = measure(door, devices(api, "keys"), plan.duration());
            say("Making requests for certificates");
            IntFunction<FactoryDevice> requesting = devicesWithRequests(api, "requests", plan.duration());
            say("Devices that want a certificate");
            Bootstraps withRequest = measure(door, requesting, plan.duration());
            say("%,d devices find the service away".formatted(plan.outage()));
            IntFunction<FactoryDevice> fleet = devices(api, "outage");
            Outage outage =
                    Outage.of(IntStream.range(0, plan.outage()).mapToObj(fleet).toList(), wide, api, script, progress);
            return new ProvisioningReport(at, machine, withKey, withRequest, outage);
        }
    }

    private Bootstraps measure(BootstrapDoor door, IntFunction<FactoryDevice> devices, Duration duration)
            throws IOException, InterruptedException {
        return Bootstraps.measure(door, devices, plan.atOnce(), duration, script);
    }

    private IntFunction<FactoryDevice> devices(RestApi api, String what) throws IOException, InterruptedException {
        FactoryGroup group = FactoryGroup.create(api, name + "-" + what);
        return number -> group.device("%s-%s-%06d".formatted(name, what, number));
    }

    /** Their keys are made beforehand: real devices have processors of their own. */
    private IntFunction<FactoryDevice> devicesWithRequests(RestApi api, String what, Duration duration)
            throws IOException, InterruptedException {
        IntFunction<FactoryDevice> group = devices(api, what);
        SigningRequests requests = new SigningRequests();
        List<FactoryDevice> made = new ArrayList<>();
        for (int number = 0; number < MOST_A_SECOND * duration.toSeconds(); number++) {
            FactoryDevice device = group.apply(number);
            made.add(device.with(requests.next(device.id())));
        }
        return made::get;
    }

    private void say(String step) {
        progress.println(step);
    }
}
