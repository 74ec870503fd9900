package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The script {@code ./warren}, at work on one instance. */
final class Script {

    /** Long enough for a first `up`, which builds the services. */
    private static final long PATIENCE_MINUTES = 10;

    /** Where the script is. */
    static final Path HOME = home();

    private final String instance;
    private final Map<String, String> environment;

    Script(String instance) {
        this(instance, Map.of());
    }

    /** With more variables than the one that names the instance. */
    Script(String instance, Map<String, String> environment) {
        this.instance = instance;
        this.environment = Map.copyOf(environment);
    }

    /** Where the instance keeps what it has. */
    Path state() {
        return HOME.resolve(".warren/instances").resolve(instance);
    }

    /** Runs a command to its end. */
    Outcome run(String... arguments) {
        Running running = start(arguments);
        try {
            if (!running.process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                running.process.descendants().forEach(ProcessHandle::destroyForcibly);
                running.process.destroyForcibly().waitFor();
                throw new AssertionError(
                        "./warren " + String.join(" ", arguments) + " did not end:\n" + running.output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return running.outcome();
    }

    /** Runs a command that must succeed. */
    Outcome succeed(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.exitCode())
                .as("./warren %s said:%n%s", String.join(" ", arguments), outcome.output())
                .isZero();
        return outcome;
    }

    /** Starts a command and leaves it to itself. */
    Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("warren").toString()));
        command.addAll(List.of(arguments));
        try {
            // A file, because what the script starts may hold on to a pipe for longer than the script lives.
            Path output = Files.createTempFile("warren-", ".out");
            output.toFile().deleteOnExit();
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("WARREN_"));
            builder.environment().put("WARREN_INSTANCE", instance);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Running(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Processes status() {
        return Processes.of(
                JsonMapper.shared().readTree(succeed("status", "--json").output()));
    }

    /** What {@code up} has written for shells to read. */
    Map<String, String> env() {
        Map<String, String> values = new HashMap<>();
        try (Stream<String> lines = Files.lines(state().resolve("env"))) {
            lines.filter(line -> line.startsWith("export "))
                    .map(line -> line.substring("export ".length()).split("=", 2))
                    .forEach(pair -> values.put(pair[0], pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    /** Copies the instance's logs to where they outlive it, for whoever looks into a failed test. */
    void keepLogs() {
        Path logs = state().resolve("log");
        Path kept = HOME.resolve("end-to-end/target/logs");
        if (!Files.isDirectory(logs)) {
            return;
        }
        try (Stream<Path> files = Files.list(logs)) {
            Files.createDirectories(kept);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(directory.resolve("warren"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "There is no ./warren above " + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory;
    }

    /**
     * How a command ended.
     *
     * @param output what it wrote to either of its outputs
     */
    record Outcome(int exitCode, String output) {}

    /** A command at work. */
    record Running(Process process, Path file) {

        boolean isAlive() {
            return process.isAlive();
        }

        String output() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** How it ended, once it has. */
        Outcome outcome() {
            return new Outcome(process.exitValue(), output());
        }
    }
}
