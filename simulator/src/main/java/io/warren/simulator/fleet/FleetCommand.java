package io.warren.simulator.fleet;

import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.Running;
import io.warren.simulator.enrollment.ClaimedDevice;
import io.warren.simulator.enrollment.Enrollments;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code fleet}: devices at work for as long as wanted, with the faults of the field. */
public final class FleetCommand {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final int DEFAULT_DEVICES = 100;
    private static final int RADIX = 36;

    private FleetCommand() {}

    /** Enrols the devices and runs them until the time is over. */
    public static void run(List<String> arguments, Installation installation, PrintStream out, Clock clock)
            throws IOException, InterruptedException {
        Options options = Options.parse(arguments, Set.of("--devices", "--interval", "--for"));
        int count = options.count("--devices", DEFAULT_DEVICES, Fleet.MOST_DEVICES);
        Duration interval = options.duration("--interval").orElse(DEFAULT_INTERVAL);
        String prefix = "fleet-" + Long.toString(clock.instant().getEpochSecond(), RADIX);

        out.printf("Enrolling %d devices, %s-001 and on, in %s%n", count, prefix, installation);
        List<ClaimedDevice> claimed;
        try (RestApi api = RestApi.forIntegrators(installation)) {
            claimed = Enrollments.create(api, prefix, count);
        }
        try (Running running = new Running(options.duration("--for"));
                Fleet fleet = Fleet.start(installation, claimed, interval, Faults.OF_THE_FIELD, clock)) {
            while (running.goesOnAfter(BETWEEN_LINES)) {
                out.printf(
                        "%5d s  %d registered, %d online; %,d measured, %,d acknowledged; %d faults%n",
                        running.elapsed().toSeconds(),
                        fleet.count(Vitals::isRegistered),
                        fleet.count(Vitals::isOnline),
                        fleet.sum(Vitals::measured),
                        fleet.sum(Vitals::acknowledged),
                        fleet.sum(Vitals::faults));
            }
        }
    }
}
