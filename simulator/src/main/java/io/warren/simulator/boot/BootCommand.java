package io.warren.simulator.boot;

import io.warren.simulator.cli.Options;
import io.warren.simulator.cli.Running;
import io.warren.simulator.cli.UsageException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code boot}: switches on thousands of devices that have the key of an enrolment group, and shows how they get in. */
public final class BootCommand {

    private static final int USUAL_DEVICES = 1_000;
    private static final int MOST_DEVICES = 200_000;
    private static final int AT_ONCE = 128;
    private static final int RADIX = 36;
    private static final Duration USUAL_SPREAD = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private BootCommand() {}

    /**
     * Boots the devices and ends when all are through. The key of a group that exists comes from {@code WARREN_GROUP_KEY}: arguments
     * can be read by anybody on the machine.
     */
    public static void run(List<String> arguments, Map<String, String> environment, PrintStream out, Clock clock)
            throws IOException, InterruptedException {
        Options options =
                Options.parse(arguments, Set.of("--devices", "--within", "--group", "--credentials", "--for"));
        int count = options.count("--devices", USUAL_DEVICES, MOST_DEVICES);
        boolean certificates = wantsCertificates(options.text("--credentials").orElse("secret"));
        Installation installation = Installation.of(environment);
        String prefix = "boot-" + Long.toString(clock.instant().getEpochSecond(), RADIX);

        FactoryGroup group = group(options.text("--group"), prefix, installation, environment);
        out.printf("%,d devices, %s-000001 and on, of the group %s%n", count, prefix, group);
        List<FactoryDevice> devices = devices(group, prefix, count, certificates);
        try (Running running = new Running(options.duration("--for"));
                BootstrapDoor door = new BootstrapDoor(installation, AT_ONCE);
                Wave wave =
                        Wave.start(devices, door, options.duration("--within").orElse(USUAL_SPREAD))) {
            boolean goesOn = true;
            while (goesOn && !wave.await(Duration.ZERO)) {
                goesOn = running.goesOnAfter(BETWEEN_LINES);
                print(out, wave, running.elapsed());
            }
            wave.refusals().forEach((reason, times) -> out.printf("%,8d × %s%n", times, reason));
        }
    }

    private static boolean wantsCertificates(String credentials) {
        return switch (credentials) {
            case "secret" -> false;
            case "certificate" -> true;
            default ->
                throw new UsageException("--credentials is secret or certificate, not '%s'".formatted(credentials));
        };
    }

    private static FactoryGroup group(
            Optional<String> existing, String prefix, Installation installation, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (existing.isPresent()) {
            return FactoryGroup.of(existing.get(), Installation.required(environment, "WARREN_GROUP_KEY"));
        }
        try (RestApi api = RestApi.forIntegrators(installation)) {
            return FactoryGroup.create(api, prefix);
        }
    }

    private static List<FactoryDevice> devices(FactoryGroup group, String prefix, int count, boolean certificates) {
        SigningRequests requests = new SigningRequests();
        List<FactoryDevice> devices = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            FactoryDevice device = group.device("%s-%06d".formatted(prefix, number));
            devices.add(certificates ? device.with(requests.next(device.id())) : device);
        }
        return devices;
    }

    private static void print(PrintStream out, Wave wave, Duration elapsed) {
        out.printf(
                "%5d s  %,d of %,d have their identity, %,d refused; turned away %,d times, unheard %,d times%n",
                elapsed.toSeconds(),
                wave.registered(),
                wave.devices(),
                wave.refused(),
                wave.turnedAway(),
                wave.unheard());
    }
}
