package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.endtoend.Connection.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The command line clients of Eclipse Mosquitto, over TLS. */
final class Mosquitto {

    private static final int PATIENCE_SECONDS = 60;

    private Mosquitto() {}

    /** Publishes a message with QoS 1; fails unless it is acknowledged. */
    static void publish(Device device, String topic, String body) {
        assertThat(publisher(device, "-t", topic, "-q", "1", "-m", body).exitCode())
                .as("mosquitto_pub to %s", topic)
                .isZero();
    }

    /** Publishes each line as a message with QoS 1; fails unless all are acknowledged. */
    static void publishLines(Device device, String topic, List<String> lines, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-t", topic, "-q", "1", "-l"));
        arguments.addAll(List.of(options));
        Ended ended = run(device, "mosquitto_pub", lines, arguments);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    /** Runs {@code mosquitto_pub} to its end. */
    static Ended publisher(Device device, String... options) {
        return run(device, "mosquitto_pub", List.of(), List.of(options));
    }

    /** Runs {@code mosquitto_sub} to its end; it ends by itself when its subscription is refused. */
    static Ended refusedSubscriber(Device device, String filter) {
        return run(device, "mosquitto_sub", List.of(), List.of("-t", filter, "-q", "1"));
    }

    /** Starts {@code mosquitto_sub} and waits until it has subscribed. */
    static Subscriber subscribe(Device device, String filter) {
        Subscriber subscriber = new Subscriber(
                start(device, "mosquitto_sub", List.of("-t", filter, "-q", "1", "-d", "-F", "got %t %p")));
        subscriber.awaitSubscription();
        return subscriber;
    }

    private static Ended run(Device device, String program, List<String> input, List<String> arguments) {
        Process process = start(device, program, arguments);
        try {
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                for (String line : input) {
                    stdin.write(line);
                    stdin.write('\n');
                }
            } catch (IOException e) {
                // It has ended before it read all: its exit code says so.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(program + " did not end");
            }
            return new Ended(
                    process.exitValue(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The secret goes in through the client's configuration file: what is in the arguments, everybody on the machine sees. */
    private static Process start(Device device, String program, List<String> arguments) {
        Platform platform = device.platform();
        List<String> command = new ArrayList<>(List.of(
                // Into a pipe it would write only when it has much to say.
                "stdbuf",
                "--output=L",
                program,
                "-h",
                platform.value("WARREN_MQTT_HOST"),
                "-p",
                platform.value("WARREN_MQTTS_PORT"),
                "--cafile",
                platform.value("WARREN_CA_FILE"),
                "-i",
                device.name(),
                "-u",
                device.name()));
        command.addAll(arguments);
        try {
            Path configuration = Files.createTempDirectory("mosquitto-");
            configuration.toFile().deleteOnExit();
            Path file = Files.writeString(configuration.resolve(program), "-P " + device.secret() + "\n");
            file.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("XDG_CONFIG_HOME", configuration.toString());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Is Debian's mosquitto-clients installed?", e);
        }
    }

    /** How a client ended. */
    record Ended(int exitCode, String output) {}

    /** A {@code mosquitto_sub} at work. */
    static final class Subscriber implements AutoCloseable {

        private static final String GOT = "got ";

        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final CountDownLatch subscribed = new CountDownLatch(1);

        private Subscriber(Process process) {
            this.process = process;
            Thread.ofVirtual().start(this::read);
        }

        /** The next message, waited for. */
        Message next() {
            try {
                String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("mosquitto_sub got no message");
                }
                String[] parts = line.substring(GOT.length()).split(" ", 2);
                return new Message(parts[0], parts[1]);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }

        private void awaitSubscription() {
            try {
                assertThat(subscribed.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("mosquitto_sub has subscribed")
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void read() {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                String line = reader.readLine();
                while (line != null) {
                    if (line.startsWith(GOT)) {
                        lines.add(line);
                    } else if (line.startsWith("Subscribed")) {
                        subscribed.countDown();
                    }
                    line = reader.readLine();
                }
            } catch (IOException e) {
                // It was stopped.
            }
        }
    }
}
