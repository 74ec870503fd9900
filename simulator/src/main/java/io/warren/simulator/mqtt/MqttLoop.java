package io.warren.simulator.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One thread that carries any number of publishing connections over plain TCP, one {@link Load} at a time. */
public final class MqttLoop implements AutoCloseable {

    private static final long IDLE_MILLIS = 1000;
    private static final long PACE_MILLIS = 1;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private @Nullable Load paced;
    private volatile boolean closing;

    private MqttLoop(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().name("mqtt-loop").daemon().unstarted(this::run);
    }

    /** Starts the loop's thread. */
    public static MqttLoop open() throws IOException {
        MqttLoop loop = new MqttLoop(Selector.open());
        loop.thread.start();
        return loop;
    }

    /**
     * Connects and signs in.
     *
     * @return completes when the broker has accepted the login; with an {@link IOException} if it does not
     */
    public CompletableFuture<MqttConnection> connect(InetSocketAddress broker, MqttLogin login) {
        return submit(() -> {
                    SocketChannel channel = SocketChannel.open();
                    channel.configureBlocking(false);
                    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                    MqttConnection connection = new MqttConnection(login, channel, key);
                    key.attach(connection);
                    connection.connect(broker);
                    return connection;
                })
                .thenCompose(MqttConnection::connected);
    }

    /**
     * Begins to publish over these connections of this loop, each with its own traffic.
     *
     * @param perSecond messages a second over all connections together, or {@link Load#UNLIMITED}
     * @param window the most messages in flight on a connection
     */
    public Load start(
            List<MqttConnection> connections, Function<MqttConnection, Traffic> traffic, int window, double perSecond) {
        Load load = new Load(this, List.copyOf(connections), perSecond);
        submit(() -> {
                    load.begin(traffic, window);
                    paced = load.isPaced() ? load : null;
                    return load;
                })
                .join();
        return load;
    }

    /**
     * Subscribes a connection to a filter at QoS 1.
     *
     * @return completes when the broker has agreed; with an {@link IOException} if it does not
     */
    public CompletableFuture<MqttConnection> subscribe(MqttConnection connection, String filter, Receiver receiver) {
        return submit(() -> {
                    connection.subscribe(filter, receiver);
                    return connection;
                })
                .thenCompose(MqttConnection::subscribed);
    }

    /** Ends the running load. */
    void end(Runnable revoke) {
        submit(() -> {
                    paced = null;
                    revoke.run();
                    return true;
                })
                .join();
    }

    /** Takes connections off the broker in an orderly way. */
    public void disconnect(List<MqttConnection> connections) {
        submit(() -> {
                    connections.forEach(MqttConnection::disconnect);
                    return true;
                })
                .join();
    }

    private interface Task<T> {
        T run() throws IOException;
    }

    private <T> CompletableFuture<T> submit(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return result;
    }

    private void run() {
        try (selector) {
            while (!closing) {
                selector.select(
                        key -> ((MqttConnection) key.attachment()).ready(), paced == null ? IDLE_MILLIS : PACE_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (paced != null) {
                    paced.tick();
                }
            }
            for (SelectionKey key : selector.keys()) {
                ((MqttConnection) key.attachment()).disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the broker with all connections and ends the thread. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
