package io.warren.platform.outbox;

import io.warren.platform.trace.TraceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a use case puts the events that it causes. They are kept if and only if its transaction is, and published afterwards
 * at least once, tenants in turns and the events of a tenant in the order of their writing; consumers drop repetitions by message
 * id. A payload names its tenant first.
 */
public final class Outbox {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final OutboxRelay relay;
    private final ApplicationEventPublisher listeners;

    Outbox(JdbcClient jdbc, JsonMapper json, Clock clock, OutboxRelay relay, ApplicationEventPublisher listeners) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.relay = relay;
        this.listeners = listeners;
    }

    /**
     * Writes an event.
     *
     * @param exchange where it is published
     * @param type its routing key and AMQP type, with a version: {@code device.registered.v1}
     * @param payload a record of the contracts, written as JSON
     * @throws IllegalStateException if no transaction is under way: an event without its cause is always a mistake
     */
    public void append(String exchange, String type, Object payload) {
        appendAll(exchange, List.of(new Event(type, payload)));
    }

    /**
     * Writes events that one transaction causes many of, with one statement; none is fine.
     *
     * @param exchange where they are published
     * @param events in the order in which they are published
     * @throws IllegalStateException if no transaction is under way
     */
    public void appendAll(String exchange, List<Event> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An event is written in the transaction that it tells about");
        }
        if (events.isEmpty()) {
            return;
        }
        TraceContext trace = TraceContext.current();
        // ids are given after the sorting, hence in the order of the list
        jdbc.sql("""
                        INSERT INTO outbox (message_id, exchange, type, payload, traceparent, created_at)
                        SELECT gen_random_uuid(), ?, type, payload, ?, ?
                        FROM unnest(?, ?) WITH ORDINALITY AS event (type, payload, position)
                        ORDER BY position""")
                .param(exchange)
                .param(trace == null ? null : trace.traceparent())
                .param(Timestamp.from(clock.instant()))
                .param(events.stream().map(Event::type).toArray(String[]::new))
                .param(events.stream()
                        .map(event -> json.writeValueAsString(event.payload()))
                        .toArray(String[]::new))
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
        listeners.publishEvent(new Appended(exchange, events));
    }

    /**
     * Events were written: said inside the service and inside the transaction, to whatever else is to be kept with them.
     *
     * @param exchange where they are published
     * @param events in the order in which they are published; there is one at least
     */
    public record Appended(String exchange, List<Event> events) {}

    /**
     * Something that happened.
     *
     * @param type its routing key and AMQP type, with a version: {@code device.registered.v1}
     * @param payload a record of the contracts, written as JSON
     */
    public record Event(String type, Object payload) {}
}
