package io.warren.simulator.bench;

import io.warren.simulator.installation.RestApi;
import io.warren.simulator.mqtt.MqttConnection;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Connects devices, a hundred at a time. */
public final class SignIn {

    private static final int AT_ONCE = 100;
    private static final Duration SETTLING_PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final MqttLoop loop;
    private final InetSocketAddress broker;
    private final RestApi api;
    private final InstantSource clock;

    public SignIn(MqttLoop loop, InetSocketAddress broker, RestApi api, InstantSource clock) {
        this.loop = loop;
        this.broker = broker;
        this.api = api;
        this.clock = clock;
    }

    /** Connects every device; {@link IOException} if one is turned away. */
    public List<Publisher> connect(List<BenchDevice> devices) throws IOException, InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<MqttConnection>> connections = new ArrayList<>();
        for (BenchDevice device : devices) {
            free.acquire();
            CompletableFuture<MqttConnection> connection = loop.connect(broker, device.login());
            connections.add(connection.whenComplete((_, _) -> free.release()));
        }
        try {
            List<Publisher> publishers = new ArrayList<>();
            for (int i = 0; i < connections.size(); i++) {
                publishers.add(new Publisher(devices.get(i), connections.get(i).join()));
            }
            return publishers;
        } catch (CompletionException e) {
            throw new IOException("A device could not connect", e.getCause());
        }
    }

    /** Connects devices and takes them off again, over and over, until everybody knows how. */
    public void warmUp(List<BenchDevice> devices, Duration time) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            measure(devices);
        }
    }

    /** Connects every device and takes it off again; answers with how fast they got in, once all is on record. */
    public Rate measure(List<BenchDevice> devices) throws IOException, InterruptedException {
        Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as the broker counts
        long start = System.nanoTime();
        List<Publisher> publishers = connect(devices);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        loop.disconnect(publishers.stream().map(Publisher::connection).toList());
        awaitGone(devices.getLast(), began);
        return Rate.of(publishers.size(), elapsed, Duration.ZERO);
    }

    /** Waits until the registry knows that a device came and went; what comes next would compete with its learning it. */
    private void awaitGone(BenchDevice device, Instant since) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLING_PATIENCE.toNanos();
        String newest = "/api/v1/devices/" + device.id() + "/connections?limit=1";
        while (api.get(newest, Connections.class).items().stream().noneMatch(item -> item.isOver(since))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The registry did not note who came and went within " + SETTLING_PATIENCE);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private record Connections(List<Item> items) {

        record Item(Instant connectedAt, @Nullable Instant disconnectedAt) {

            boolean isOver(Instant since) {
                return !connectedAt.isBefore(since) && disconnectedAt != null;
            }
        }
    }
}
