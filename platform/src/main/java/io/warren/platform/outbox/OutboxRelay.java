package io.warren.platform.outbox;

import io.warren.platform.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Carries events from the outbox to the broker, those of all tenants in turns. Of all replicas one relays at a time, the holder
 * of an advisory lock, so that order is kept. An event is deleted when the broker has confirmed it: a crash in between publishes it again, never not at
 * all.
 */
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** Advisory locks are per database, hence the schema in the lock. It belongs to the session: no transaction stays open. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('outbox'), hashtext(current_schema()))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('outbox'), hashtext(current_schema()))";

    private static final Duration IDLE = Duration.ofSeconds(1);

    /** For how long a turn waits for what it published to be confirmed. */
    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final RabbitTemplate rabbit;
    private final WaitingEvents waiting = new WaitingEvents();
    private final Semaphore work = new Semaphore(0);
    private final Worker worker =
            new Worker(Thread.ofPlatform().name("outbox-relay").daemon());

    OutboxRelay(DataSource dataSource, RabbitTemplate rabbit) {
        this.dataSource = dataSource;
        this.rabbit = rabbit;
    }

    /** Says that there is something to relay; without it the relay looks once a second. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    @Override
    public void start() {
        worker.start(this::run);
    }

    @Override
    public void stop() {
        // woken, not interrupted: an interrupt in the middle of an exchange with the broker would cost the channel
        worker.stop(_ -> work.release(), CONFIRM);
    }

    @Override
    public boolean isRunning() {
        return worker.isWanted();
    }

    private void run() {
        try {
            while (isRunning()) {
                relayOrPause();
                if (work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted");
        }
    }

    private void relayOrPause() throws InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            relayOn(connection);
        } catch (SQLException | RuntimeException e) {
            // the broker's client throws unchecked exceptions as well, and nobody would start this thread again
            log.warn("Events wait in the outbox: {}", e.toString());
            // or it would try again, and say so, with every event that is written meanwhile
            Thread.sleep(IDLE);
        }
    }

    /** Relays all there is, if no other replica is at it. */
    private void relayOn(Connection connection) throws SQLException {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        if (!jdbc.sql(LOCK).query(Boolean.class).single()) {
            return;
        }
        try {
            while (isRunning() && relayTurn(jdbc)) {
                log.debug("Events have left, others may be waiting");
            }
        } finally {
            // the pool would hand a connection that still holds the lock to whoever borrows it next
            if (connection.isValid(1)) {
                jdbc.sql(UNLOCK).query(Boolean.class).single();
            }
        }
    }

    /** Relays what is next; false if nothing is. What one tenant's event waits for holds up no other tenant. */
    private boolean relayTurn(JdbcClient jdbc) {
        List<WaitingEvent> events = waiting.next(jdbc);
        if (events.isEmpty()) {
            return false;
        }
        Set<WaitingEvent> confirmed = publish(events);
        List<WaitingEvent> left =
                events.stream().filter(event -> !confirmed.contains(event)).toList();
        waiting.tried(jdbc, confirmed, left);
        if (!left.isEmpty()) {
            throw new AmqpException("the broker did not confirm an event of type "
                    + left.getFirst().type());
        }
        return true;
    }

    /** Publishes on one channel, which is what keeps the order, and returns what the broker confirmed of each tenant without a gap. */
    private Set<WaitingEvent> publish(List<WaitingEvent> events) {
        return Objects.requireNonNull(rabbit.invoke(operations -> {
            List<CorrelationData> confirms = new ArrayList<>(events.size());
            for (WaitingEvent event : events) {
                CorrelationData confirm = new CorrelationData(event.messageId().toString());
                operations.send(event.exchange(), event.type(), event.message(), confirm);
                confirms.add(confirm);
            }
            return confirmed(events, confirms);
        }));
    }

    private static Set<WaitingEvent> confirmed(List<WaitingEvent> events, List<CorrelationData> confirms) {
        long deadline = System.nanoTime() + CONFIRM.toNanos();
        Set<WaitingEvent> confirmed = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (int place = 0; place < events.size(); place++) {
            WaitingEvent event = events.get(place);
            if (!refused.contains(event.tenant())) {
                if (isConfirmed(confirms.get(place), deadline - System.nanoTime())) {
                    confirmed.add(event);
                } else {
                    refused.add(event.tenant());
                }
            }
        }
        return confirmed;
    }

    private static boolean isConfirmed(CorrelationData confirm, long nanos) {
        try {
            return confirm.getFuture().get(nanos, TimeUnit.NANOSECONDS).ack();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
