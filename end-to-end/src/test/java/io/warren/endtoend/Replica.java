package io.warren.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A second process of a service, with what the first was started with but for its port: as a second pod beside the first. It shares
 * the queues and the database; requests still go to the first.
 */
final class Replica implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;

    private Replica(Process process) {
        this.process = process;
    }

    /** Starts it beside a process that is running, and waits until it is ready. */
    static Replica of(Processes.Status first, Path log) {
        Path proc = Path.of("/proc", Long.toString(first.pid()));
        try {
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(
                            texts(proc.resolve("cmdline")).toList())
                    .directory(proc.resolve("cwd").toRealPath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            texts(proc.resolve("environ"))
                    .map(variable -> variable.split("=", 2))
                    .forEach(pair -> builder.environment().put(pair[0], pair[1]));
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            Replica replica = new Replica(builder.start());
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> isReady(port));
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> texts(Path file) throws IOException {
        return Stream.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
