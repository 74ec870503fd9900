package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.endtoend.Script.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The script {@code ./warren} keeps its promises. */
@EndToEnd
class ScriptIT {

    private static final String[] PROCESSES = {
        "gateway",
        "registry-service",
        "provisioning-service",
        "firmware-service",
        "telemetry-service",
        "rabbitmq",
        "postgresql"
    };

    private static final int PORTS = 15;

    private final Platform platform;
    private final Script script;

    ScriptIT(Platform platform) {
        this.platform = platform;
        script = platform.script();
    }

    @AfterEach
    void allIsUpAgain() {
        script.succeed("up");
    }

    @Test
    void statusKnowsEachProcessWithItsNumberAndPort() {
        Processes status = script.status();

        assertThat(status.names()).containsExactlyInAnyOrder(PROCESSES);
        assertThat(status.all()).allSatisfy(process -> {
            assertThat(process.state()).isEqualTo("running");
            assertThat(ProcessHandle.of(process.pid())).isPresent();
            assertThat(process.port()).isBetween(1024, 65535);
        });
        assertThat(status.get("rabbitmq").port()).isEqualTo(platform.port("WARREN_MQTTS_PORT"));
    }

    @Test
    void aSecondUpChangesNothing() {
        Processes before = script.status();
        Map<String, String> env = script.env();

        script.succeed("up");

        assertThat(script.status()).isEqualTo(before);
        assertThat(script.env()).isEqualTo(env);
    }

    @Test
    void upBringsBackWhatDiedAndLeavesTheRestAlone() {
        Processes before = script.status();
        before.kill("gateway");
        before.kill("firmware-service");
        await().untilAsserted(() -> {
            assertThat(script.status().get("gateway").state()).isEqualTo("failed");
            assertThat(script.status().get("firmware-service").state()).isEqualTo("failed");
        });

        script.succeed("up");

        Processes after = script.status();
        assertThat(after.states()).containsExactly("running");
        assertThat(before.replacedIn(after)).containsExactlyInAnyOrder("gateway", "firmware-service");
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws IOException {
        // Where PostgreSQL, the first to start, would listen: the seventh of the twenty.
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int base = stranger.getLocalPort() - 6;
            Script other = new Script("e2e-port", Map.of("WARREN_PORT_BASE", String.valueOf(base)));
            try {
                Outcome outcome = other.run("up");

                assertThat(outcome.exitCode()).isNotZero();
                assertThat(outcome.output().lines().filter(line -> line.contains("warren:")))
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .contains(String.valueOf(stranger.getLocalPort()), "taken", "WARREN_PORT_BASE"));
            } finally {
                other.succeed("down", "--purge");
            }
        }
    }

    @Test
    void theDemonstrationEndsByItself() {
        Outcome outcome = script.succeed("demo", "--devices", "3", "--for", "5s");

        assertThat(outcome.output()).contains("measurements were acknowledged").contains("Where to look next");
    }

    @Test
    void whatMakesNoSenseIsSaidInOneLine() {
        assertThat(script.run("fly")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.output().strip()).hasLineCount(1).contains("fly", "help");
        });
    }

    @Test
    void downLeavesNoProcessAndUpFindsTheDataAgain() {
        Tenant tenant = platform.newTenant();
        Device device = tenant.newDevice();
        Mosquitto.publish(device, device.up("telemetry"), "{\"kept\": 1}");
        await().untilAsserted(
                        () -> assertThat(tenant.history(device, "default")).hasSize(1));
        Processes before = script.status();
        assertThat(processesOfTheInstance()).isNotEmpty();

        script.succeed("down");

        assertThat(processesOfTheInstance()).isEmpty();
        assertThat(before.all())
                .allSatisfy(process -> assertThat(ProcessHandle.of(process.pid()))
                        .as(process.name())
                        .isEmpty());
        assertThat(script.status().states()).containsExactly("stopped");

        script.succeed("up");

        assertThat(tenant.history(device, "default")).hasSize(1);
        Mosquitto.publish(device, device.up("telemetry"), "{\"kept\": 2}");
        await().untilAsserted(
                        () -> assertThat(tenant.history(device, "default")).hasSize(2));
    }

    @Test
    void secretsAreInNoArgumentNoOutputAndNoLog() throws IOException {
        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(10);
        TreeSet<String> seen = new TreeSet<>();

        Script.Running running = script.start("restart", "provisioning-service");
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    argumentsOfAllProcesses()
                            .filter(arguments -> secrets.stream().anyMatch(arguments::contains))
                            .forEach(seen::add);
                    return !running.isAlive();
                });

        assertThat(running.outcome().exitCode()).as(running.output()).isZero();
        assertThat(seen).as("command lines with secrets").isEmpty();
        Stream.of("up", "status", "logs")
                .map(script::succeed)
                .map(Outcome::output)
                .forEach(output ->
                        assertThat(secrets.stream().filter(output::contains)).isEmpty());
        try (Stream<Path> logs = Files.list(script.state().resolve("log"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(log, StandardCharsets.ISO_8859_1);
                assertThat(secrets.stream().filter(text::contains))
                        .as("%s", log)
                        .isEmpty();
            }
        }
    }

    private List<String> secrets() throws IOException {
        try (Stream<Path> files = Files.walk(script.state().resolve("secrets"))) {
            return files.filter(Files::isRegularFile)
                    .map(ScriptIT::read)
                    .map(String::strip)
                    .distinct()
                    .toList();
        }
    }

    /** Whatever was started for the instance names its directory or one of its ports in its arguments or environment. */
    private Set<String> processesOfTheInstance() {
        int firstPort = URI.create(platform.value("WARREN_URL")).getPort();
        Pattern mark = Pattern.compile(IntStream.range(firstPort, firstPort + PORTS)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("|", Pattern.quote(script.state().toString()) + "/|[:= ](", ")(?![0-9])")));
        String own = String.valueOf(ProcessHandle.current().pid());
        TreeSet<String> found = new TreeSet<>();
        for (Path process : processes()) {
            String arguments = read(process.resolve("cmdline"));
            if (!process.endsWith(own)
                    && mark.matcher(arguments + read(process.resolve("environ")))
                            .find()) {
                found.add(process + " " + arguments.replace('\0', ' '));
            }
        }
        return found;
    }

    private static Stream<String> argumentsOfAllProcesses() {
        return processes().stream().map(process -> read(process.resolve("cmdline")));
    }

    private static List<Path> processes() {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a file; nothing when it has gone meanwhile or is somebody else's. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
