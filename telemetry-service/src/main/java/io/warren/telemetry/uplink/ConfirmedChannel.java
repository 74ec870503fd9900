package io.warren.telemetry.uplink;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One channel for the messages of all who have some at the same time. Each waits for the broker's word about its own; the broker
 * gives it for many at once. A channel that has ended stays so.
 */
final class ConfirmedChannel implements BlockedListener {

    /** What became of a message. */
    enum Outcome {
        /** It is safe in every queue that wants it. */
        SAFE,
        /** A queue that wants it is full. */
        FULL,
        /** No queue wants it. */
        UNROUTED,
        /** The connection has ended, and nobody knows. */
        UNKNOWN
    }

    /** How long the broker may take to hear of the end. */
    private static final int CLOSING_MILLIS = 1000;

    private final Connection connection;
    private final Channel channel;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> waiting = new ConcurrentSkipListMap<>();
    private volatile boolean blocked;
    private volatile boolean ended;

    /** A channel on a connection that nobody else uses. */
    ConfirmedChannel(Connection connection) throws IOException {
        this.connection = connection;
        connection.addBlockedListener(this);
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(
                (number, all) -> settle(number, all, Outcome.SAFE), (number, all) -> settle(number, all, Outcome.FULL));
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(_ -> settle(Long.MAX_VALUE, true, Outcome.UNKNOWN));
    }

    boolean isOpen() {
        return !ended && channel.isOpen();
    }

    /** Whether the broker takes nothing for the moment: it is short of memory or disk. */
    boolean isBlocked() {
        return blocked;
    }

    /**
     * Hands a message to the broker, after all those that were handed to it before. One that cannot be handed over is the end of
     * the channel.
     *
     * @param patience how long to wait for those who are at it
     * @return what the broker will say of it; absent within patience, when nothing was handed over
     * @throws IOException if it could not be handed over, or nobody knows whether it was
     */
    CompletableFuture<Outcome> publish(
            String exchange, String key, AMQP.BasicProperties.Builder properties, byte[] body, Duration patience)
            throws IOException, InterruptedException {
        if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("others have waited for the broker all the time");
        }
        try {
            if (ended) {
                throw new IOException("the channel has ended");
            }
            long number = channel.getNextPublishSeqNo();
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            waiting.put(number, outcome);
            try {
                channel.basicPublish(
                        exchange,
                        key,
                        true,
                        properties.messageId(Long.toString(number)).build(),
                        body);
            } catch (IOException | RuntimeException e) {
                // the client may have counted it and the broker not: whose word would come next is no longer known
                end();
                throw e instanceof IOException io ? io : new IOException(e);
            }
            return outcome;
        } finally {
            turn.unlock();
        }
    }

    void close() {
        connection.abort(CLOSING_MILLIS);
    }

    private void end() {
        ended = true;
        settle(Long.MAX_VALUE, true, Outcome.UNKNOWN);
        close();
    }

    @Override
    public void handleBlocked(String reason) {
        blocked = true;
    }

    @Override
    public void handleUnblocked() {
        blocked = false;
    }

    private void settle(long number, boolean all, Outcome outcome) {
        if (all) {
            ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> settled = waiting.headMap(number, true);
            settled.forEach((_, each) -> each.complete(outcome));
            settled.clear();
        } else {
            CompletableFuture<Outcome> one = waiting.remove(number);
            if (one != null) {
                one.complete(outcome);
            }
        }
    }

    /** A message that no queue wants comes back before it is confirmed like any other. */
    private void returned(Return message) {
        CompletableFuture<Outcome> one =
                waiting.get(Long.parseLong(message.getProperties().getMessageId()));
        if (one != null) {
            one.complete(Outcome.UNROUTED);
        }
    }
}
