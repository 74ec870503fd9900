package io.warren.simulator.bench;

import io.warren.simulator.mqtt.MqttConnection;
import io.warren.simulator.mqtt.MqttLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/** Connects devices, a hundred at a time. */
final class SignIn {

    private static final int AT_ONCE = 100;

    private final MqttLoop loop;
    private final InetSocketAddress broker;

    SignIn(MqttLoop loop, InetSocketAddress broker) {
        this.loop = loop;
        this.broker = broker;
    }

    /** Connects every device; {@link IOException} if one is turned away. */
    List<Publisher> connect(List<BenchDevice> devices) throws IOException, InterruptedException {
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
    void warmUp(List<BenchDevice> devices, Duration time) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            measure(devices);
        }
    }

    /** Connects every device and takes it off again; answers with how fast they got in. */
    Rate measure(List<BenchDevice> devices) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Publisher> publishers = connect(devices);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        loop.disconnect(publishers.stream().map(Publisher::connection).toList());
        return Rate.of(publishers.size(), elapsed, Duration.ZERO);
    }
}
