package io.warren.simulator.bench;

import io.warren.simulator.cli.UsageException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The script that runs the installation on this machine: {@code WARREN_SCRIPT}, or {@code ./warren}. */
public final class Script {

    private final String script;

    public Script(Map<String, String> environment) {
        script = environment.getOrDefault("WARREN_SCRIPT", "./warren");
    }

    /** Where the figures of a benchmark belong. */
    public Path results(String benchmark) {
        return Path.of(script).resolveSibling(".warren").resolve("bench-%s.json".formatted(benchmark));
    }

    /** A process of the installation; without a pid it is not running. */
    public record Running(String name, @Nullable Long pid, String state) {}

    public void stop(String service) throws IOException, InterruptedException {
        run("stop", service);
    }

    /** Returns when the service is ready. */
    public void start(String service) throws IOException, InterruptedException {
        run("start", service);
    }

    public List<Running> processes() throws IOException, InterruptedException {
        return List.of(JsonMapper.shared().readValue(run("status", "--json"), Running[].class));
    }

    /** How the backing services are reached: the variables of {@code backing.env}. */
    public Map<String, String> backing() throws IOException, InterruptedException {
        run("backing", "up");
        Map<String, String> variables = new HashMap<>();
        run("backing", "env").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return variables;
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UsageException(
                    "The benchmark stops and starts services with %s, which cannot be run; set WARREN_SCRIPT"
                            .formatted(script));
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("%s ended with status %d%n%s".formatted(String.join(" ", command), status, output));
        }
        return output;
    }
}
