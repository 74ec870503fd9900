package io.warren.simulator;

import io.warren.simulator.bench.command.CommandBenchmark;
import io.warren.simulator.bench.ingest.IngestBenchmark;
import io.warren.simulator.bench.provisioning.ProvisioningBenchmark;
import io.warren.simulator.bench.registry.RegistryBenchmark;
import io.warren.simulator.boot.BootCommand;
import io.warren.simulator.cli.Reason;
import io.warren.simulator.cli.UsageException;
import io.warren.simulator.demo.Demo;
import io.warren.simulator.fleet.FleetCommand;
import io.warren.simulator.installation.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The command line: one command, its options, and the installation of Warren that the environment names. */
public final class Simulator {

    private static final String USAGE = """
            java -jar simulator.jar COMMAND [OPTION VALUE]…

              demo          [--devices 20] [--for 30s]                       everything once, with a live summary
              fleet         [--devices 100] [--interval 5s] [--for 1h]       devices at work, with faults
              boot          [--devices 1000] [--within 10s] [--credentials secret|certificate] [--group ID]
                                                                             devices fresh from the factory
              bench ingest  [--connections 100] [--for 20s] [--out FILE]     how fast an installation on this machine is
              bench commands [--devices 10000] [--rate 500] [--out FILE]     how fast it commands a fleet that is connected
              bench registry [--devices 1000000] [--out FILE]                how fast it is with many devices
              bench provisioning [--for 20s] [--outage 100000] [--out FILE]  how fast devices get their identity

            The installation comes from the environment, as .warren/env sets it: WARREN_URL, WARREN_HTTPS_URL,
            WARREN_TENANT, WARREN_TENANT_API_KEY, WARREN_CA_FILE; for bench also WARREN_MQTT_HOST, WARREN_MQTT_PORT;
            for boot --group the group's key, WARREN_GROUP_KEY.
            """;

    private Simulator() {}

    public static void main(String[] arguments) {
        // always: the MQTT client's threads live as long as the sessions it left on the broker (hivemq-mqtt-client
        // issue 498)
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Runs a command; answers with the exit status: 0, 1 when it failed, 2 when it could not start. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Clock clock = Clock.systemUTC();
            switch (arguments) {
                case List<String> words
                when begins(words, "demo") -> Demo.run(rest(words, 1), Installation.of(environment), out, clock);
                case List<String> words
                when begins(words, "fleet") ->
                    FleetCommand.run(rest(words, 1), Installation.of(environment), out, clock);
                case List<String> words
                when begins(words, "boot") -> BootCommand.run(rest(words, 1), environment, out, clock);
                case List<String> words
                when begins(words, "bench", "ingest") ->
                    IngestBenchmark.run(rest(words, 2), environment, out, err, clock);
                case List<String> words
                when begins(words, "bench", "commands") ->
                    CommandBenchmark.run(rest(words, 2), environment, out, err, clock);
                case List<String> words
                when begins(words, "bench", "registry") ->
                    RegistryBenchmark.run(rest(words, 2), environment, out, err, clock);
                case List<String> words
                when begins(words, "bench", "provisioning") ->
                    ProvisioningBenchmark.run(rest(words, 2), environment, out, err, clock);
                default -> throw new UsageException("\n" + USAGE);
            }
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println(Reason.of(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static boolean begins(List<String> arguments, String... words) {
        return arguments.size() >= words.length
                && arguments.subList(0, words.length).equals(List.of(words));
    }

    private static List<String> rest(List<String> arguments, int from) {
        return arguments.subList(from, arguments.size());
    }
}
