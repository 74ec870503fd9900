package io.warren.telemetry.diagnostics;

import static java.util.stream.Collectors.toMap;

import io.warren.telemetry.held.HeldMessage;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.held.HeldMessages.Due;
import io.warren.telemetry.rejection.Rejection;
import io.warren.telemetry.rejection.Rejections;
import io.warren.telemetry.tenant.Amount;
import io.warren.telemetry.tenant.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores what has been read, with what was refused of it; storing it again changes nothing but the count of what arrived. */
@Service
class DiagnosticStorage {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final JdbcClient jdbc;
    private final Rejections rejections;
    private final Usage usage;
    private final HeldMessages held;

    DiagnosticStorage(JdbcClient jdbc, Rejections rejections, Usage usage, HeldMessages held) {
        this.jdbc = jdbc;
        this.rejections = rejections;
        this.usage = usage;
        this.held = held;
    }

    /**
     * Stores messages, all or nothing.
     *
     * @param queue where they came from
     * @param messages for which there are partitions
     */
    @Transactional
    void store(String queue, List<DiagnosticMessage> messages) {
        add(messages);
        for (DiagnosticMessage message : messages) {
            HeldMessage waiting = message.waiting();
            if (waiting != null) {
                held.add(waiting);
            }
        }
        usage.add(messages.stream()
                .map(message -> amount(queue, message))
                .collect(toMap(amount -> List.of(amount.tenant(), amount.day()), Function.identity(), Amount::plus))
                .values());
    }

    /** Stores a message in place of the one that was held; false if somebody else has. */
    @Transactional
    boolean store(Due due, DiagnosticMessage message) {
        if (!held.remove(due)) {
            return false;
        }
        add(List.of(message));
        return true;
    }

    private void add(List<DiagnosticMessage> messages) {
        addLines(messages.stream().flatMap(message -> message.lines().stream()).toList());
        addEvents(
                messages.stream().flatMap(message -> message.events().stream()).toList());
        List<Rejection> refused =
                messages.stream().flatMap(DiagnosticMessage::rejections).toList();
        if (!refused.isEmpty()) {
            rejections.add(refused);
        }
    }

    private void addLines(List<LogEntry> lines) {
        if (lines.isEmpty()) {
            return;
        }
        // numbers are given after the sorting, hence in the order of the list
        jdbc.sql("""
                        INSERT INTO device_log (tenant, device, ts, key, level, message, truncated, received_at)
                        SELECT tenant, device, timestamptz 'epoch' + ts * interval '1 microsecond', key, level, message,
                               truncated, timestamptz 'epoch' + received * interval '1 millisecond'
                        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                             AS l(tenant, device, ts, key, level, message, truncated, received, position)
                        ORDER BY position
                        ON CONFLICT DO NOTHING""")
                .param(column(lines, LogEntry::tenant, String[]::new))
                .param(column(lines, LogEntry::device, String[]::new))
                .param(column(lines, LogEntry::ts, Long[]::new))
                .param(column(lines, LogEntry::key, Long[]::new))
                .param(column(lines, entry -> (short) entry.line().level().number(), Short[]::new))
                .param(column(lines, entry -> entry.line().message(), String[]::new))
                .param(column(lines, entry -> entry.line().truncated(), Boolean[]::new))
                .param(column(lines, LogEntry::receivedMillis, Long[]::new))
                .update();
    }

    private void addEvents(List<EventEntry> events) {
        if (events.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO device_event (tenant, device, ts, key, type, severity, data, received_at)
                        SELECT tenant, device, timestamptz 'epoch' + ts * interval '1 microsecond', key, type, severity,
                               data::jsonb, timestamptz 'epoch' + received * interval '1 millisecond'
                        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                             AS e(tenant, device, ts, key, type, severity, data, received, position)
                        ORDER BY position
                        ON CONFLICT DO NOTHING""")
                .param(column(events, EventEntry::tenant, String[]::new))
                .param(column(events, EventEntry::device, String[]::new))
                .param(column(events, EventEntry::ts, Long[]::new))
                .param(column(events, EventEntry::key, Long[]::new))
                .param(column(events, EventEntry::type, String[]::new))
                .param(column(events, entry -> (short) entry.event().severity().number(), Short[]::new))
                .param(column(events, entry -> entry.event().data(), String[]::new))
                .param(column(events, EventEntry::receivedMillis, Long[]::new))
                .update();
    }

    private static Amount amount(String queue, DiagnosticMessage message) {
        return new Amount(
                message.tenant(),
                LocalDate.ofEpochDay(Math.floorDiv(message.arrivedMillis(), DAY_MILLIS)),
                queue,
                1,
                0,
                message.isEmpty() && message.waiting() == null ? 1 : 0,
                message.body().length);
    }

    private static <E, T> T[] column(List<E> entries, Function<E, T> of, IntFunction<T[]> array) {
        return entries.stream().map(of).toArray(array);
    }
}
