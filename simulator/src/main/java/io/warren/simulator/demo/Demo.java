package io.warren.simulator.demo;

import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.Running;
import io.warren.simulator.cli.Screen;
import io.warren.simulator.enrollment.ClaimedDevice;
import io.warren.simulator.enrollment.Enrollments;
import io.warren.simulator.fleet.Faults;
import io.warren.simulator.fleet.Fleet;
import io.warren.simulator.fleet.Vitals;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code demo}: everything the platform does, once, with devices that behave like real ones. */
public final class Demo {

    private static final int DEFAULT_DEVICES = 20;
    private static final int MOST_DEVICES = 500;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(500);
    private static final int RADIX = 36;

    private final Installation installation;
    private final RestApi api;
    private final PrintStream out;
    private final Clock clock;
    private final String run;

    private Demo(Installation installation, RestApi api, PrintStream out, Clock clock) {
        this.installation = installation;
        this.api = api;
        this.out = out;
        this.clock = clock;
        this.run = Long.toString(clock.instant().getEpochSecond(), RADIX);
    }

    /** Runs until Ctrl-C or for the time asked for; each run brings devices of its own. */
    public static void run(List<String> arguments, Installation installation, PrintStream out, Clock clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, Set.of("--devices", "--for"));
        int devices = options.count("--devices", DEFAULT_DEVICES, MOST_DEVICES);
        try (RestApi api = RestApi.forIntegrators(installation)) {
            new Demo(installation, api, out, clock).play(devices, options.duration("--for"));
        }
    }

    private void play(int count, Optional<Duration> limit) throws IOException, InterruptedException {
        Instant start = clock.instant();
        Screen screen = new Screen(out);
        screen.print("Enrolling %d devices in %s".formatted(count, installation));
        List<ClaimedDevice> claimed = Enrollments.create(api, "pump-" + run, count);
        try (Running running = new Running(limit);
                Fleet fleet = Fleet.start(installation, claimed, INTERVAL, Faults.OF_A_DEMO, clock)) {
            Scenario scenario = new Scenario(api, fleet, run);
            Readback readback = new Readback(api, fleet);
            Summary summary = new Summary(fleet, scenario, readback);
            Thread playing = Thread.startVirtualThread(scenario::play);
            Thread watching = Thread.startVirtualThread(readback::watch);
            while (running.goesOnAfter(BETWEEN_DRAWINGS)) {
                screen.draw(summary.view(running.elapsed()), summary.line(running.elapsed()));
            }
            playing.interrupt();
            watching.interrupt();
            screen.print(summary.line(running.elapsed()));
            screen.print("Switching the devices off and counting what is stored");
            fleet.switchOff();
            conclude(fleet, readback.count(start));
        }
    }

    private void conclude(Fleet fleet, long stored) {
        long acknowledged = fleet.sum(Vitals::acknowledged);
        String device = fleet.devices().getLast().id();
        out.printf(
                """

                %,d measurements were acknowledged, %,d are stored%s

                Where to look next (. .warren/env first):
                  curl -s -H "Authorization: Bearer $WARREN_TENANT_API_KEY" $WARREN_URL/api/v1/devices/%s
                  curl -s -H "Authorization: Bearer $WARREN_TENANT_API_KEY" "$WARREN_URL/api/v1/devices/%s/telemetry?stream=env&limit=5"
                  curl -s -H "Authorization: Bearer $WARREN_TENANT_API_KEY" $WARREN_URL/api/v1/devices/%s/deployments
                """, acknowledged, stored, stored < acknowledged ? ": SOME ARE MISSING" : ".", device, device, device);
    }
}
