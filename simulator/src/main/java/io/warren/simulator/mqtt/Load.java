package io.warren.simulator.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages flowing over a set of connections, from {@link MqttLoop#start} to {@link #finish}. A paced load spreads its messages
 * evenly over time and connections whatever the broker does; one that a full window holds back leaves as soon as it opens.
 */
public final class Load {

    /** The rate of a load that sends whatever the windows allow. */
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final MqttLoop loop;
    private final List<MqttConnection> connections;
    private final double perSecond;
    private final long startedNanos = System.nanoTime();
    private final LongAdder sent = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable IOException> lost = new AtomicReference<>();
    private volatile long lastAnswerNanos = startedNanos;
    private long allowed;

    Load(MqttLoop loop, List<MqttConnection> connections, double perSecond) {
        this.loop = loop;
        this.connections = connections;
        this.perSecond = perSecond;
    }

    void begin(Function<MqttConnection, Traffic> traffic, int window) {
        for (MqttConnection connection : connections) {
            connection.join(this, traffic.apply(connection), window);
            if (!isPaced()) {
                connection.allow(Long.MAX_VALUE);
            }
        }
    }

    boolean isPaced() {
        return perSecond != UNLIMITED;
    }

    /** Gives the connections of a paced load, in turn, what is due by now. */
    void tick() {
        long due = (long) ((System.nanoTime() - startedNanos) * perSecond / 1e9);
        for (; allowed < due; allowed++) {
            connections.get((int) (allowed % connections.size())).allow(1);
        }
    }

    void sent() {
        sent.increment();
    }

    void answered(boolean accepted) {
        (accepted ? acknowledged : refused).increment();
        lastAnswerNanos = System.nanoTime();
    }

    void lost(IOException cause) {
        lost.compareAndSet(null, cause);
    }

    /**
     * Sends nothing new and waits for the answers to what is in flight.
     *
     * @param patience how long the broker may take over them
     * @throws IOException if a connection was lost, or if answers are still missing then
     */
    public void finish(Duration patience) throws IOException, InterruptedException {
        loop.end(() -> connections.forEach(MqttConnection::revoke));
        long deadline = System.nanoTime() + patience.toNanos();
        while (lost.get() == null && unanswered() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        IOException cause = lost.get();
        if (cause != null) {
            throw new IOException("A connection was lost", cause);
        }
        if (unanswered() > 0) {
            throw new MqttException("The broker left %d messages unanswered".formatted(unanswered()));
        }
    }

    private long unanswered() {
        return sent.sum() - acknowledged.sum() - refused.sum();
    }

    /** The messages the broker has taken charge of so far. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** The messages the broker has refused so far. */
    public long refused() {
        return refused.sum();
    }

    /** When the load began, in the terms of {@link System#nanoTime}. */
    public long startedNanos() {
        return startedNanos;
    }

    /** From the first message to the last answer so far. */
    public Duration elapsed() {
        return Duration.ofNanos(lastAnswerNanos - startedNanos);
    }
}
