package io.warren.telemetry.ingest;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.message.Delivery;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.MessageReading;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and one channel that carry some of the shards, in order: each batch is stored in one transaction and acknowledged
 * after it. A lane ends with its first failure that is not the database's; the broker then gives its shards, and what is not
 * acknowledged, to another.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final UUID session;
    private final Channel channel;
    private final Intake intake;
    private final MessageReading reading;
    private final IngestWork work;
    private final Set<String> claimed = new HashSet<>();

    Lane(UUID session, Channel channel, Intake intake, MessageReading reading, IngestWork work) {
        this.session = session;
        this.channel = channel;
        this.intake = intake;
        this.reading = reading;
        this.work = work;
    }

    /** Asks the broker for the messages of a shard. */
    void consume(String queue, Clock clock, Runnable onCancel) throws IOException {
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                try {
                    intake.put(Delivery.of(queue, envelope, properties, body, clock.millis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void handleCancel(String consumerTag) {
                log.error("The broker no longer has the shard {}", queue);
                onCancel.run();
            }
        });
    }

    /** Stores batches until the intake is closed or something fails. */
    void run() throws InterruptedException, IOException, ShardOwnership.ShardLost {
        while (true) {
            List<Delivery> batch = intake.take();
            if (batch.isEmpty()) {
                return;
            }
            if (!store(batch.stream().map(reading::read).toList())) {
                return;
            }
            channel.basicAck(batch.getLast().tag(), true);
            intake.release();
        }
    }

    /** Stores a batch, however long the database takes; false if the lane was closed before. */
    private boolean store(List<Message> batch) throws InterruptedException, IOException, ShardOwnership.ShardLost {
        Duration pause = FIRST_PAUSE;
        List<Message> prepared = batch;
        while (true) {
            if (!channel.isOpen()) {
                throw new ShardOwnership.ShardLost("the channel is closed, and its shards are given to others");
            }
            try {
                // what has been settled is kept: the attempt before may have been stored without anybody being told
                prepared = work.prepare(session, claimed, prepared);
                work.store(session, prepared);
                return true;
            } catch (RuntimeException e) {
                switch (Failure.of(e)) {
                    case DATA -> {
                        return storeWithoutTheBad(prepared, e);
                    }
                    case PARTITION -> work.forgetPartitions();
                    case DATABASE -> log.warn("{} messages wait for the database: {}", batch.size(), e.getMessage());
                }
            }
            if (!intake.pause(pause)) {
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Halves a batch until what the database refuses is alone. */
    private boolean storeWithoutTheBad(List<Message> batch, RuntimeException why)
            throws InterruptedException, IOException, ShardOwnership.ShardLost {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            return store(batch.subList(0, half)) && store(batch.subList(half, batch.size()));
        }
        Message bad = batch.getFirst();
        if (bad.measurements().isEmpty()) {
            log.error("Not even the rejection of a message can be stored: it goes to the dead letters", why);
            channel.basicReject(bad.delivery().tag(), false);
            return true;
        }
        log.warn("A message passed every check and is refused by the database", why);
        return store(List.of(bad.refused(Reason.NOT_STORABLE, "The database cannot hold these values.")));
    }
}
