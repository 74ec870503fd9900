package io.warren.telemetry.tenant;

import io.warren.contracts.telemetry.TelemetryEvents;
import io.warren.contracts.telemetry.UsageEvent;
import io.warren.platform.outbox.Outbox;
import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How much tenants send, by day. */
@Component
public class Usage {

    /** Days of which something may still arrive, or was told nobody for want of this service. */
    private static final int DAYS_TOLD = 7;

    /** Days that are kept here; whoever was told keeps them longer. */
    private static final int DAYS_KEPT = 35;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Clock clock;

    Usage(JdbcClient jdbc, Outbox outbox, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Adds what a batch brought, in the transaction that stores it; of a tenant, day and shard one amount at most. */
    public void add(Collection<Amount> amounts) {
        List<Amount> ordered = amounts.stream().sorted(Amount.ORDER).toList();
        jdbc.sql("""
                        INSERT INTO tenant_usage (tenant, day, queue, messages, measurements, refused, bytes)
                        SELECT * FROM unnest(?, ?::date[], ?, ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                        ON CONFLICT (day, tenant, queue) DO UPDATE
                        SET messages = tenant_usage.messages + excluded.messages,
                            measurements = tenant_usage.measurements + excluded.measurements,
                            refused = tenant_usage.refused + excluded.refused,
                            bytes = tenant_usage.bytes + excluded.bytes""")
                .param(column(ordered, Amount::tenant, String[]::new))
                .param(column(ordered, amount -> Date.valueOf(amount.day()), Date[]::new))
                .param(column(ordered, Amount::queue, String[]::new))
                .param(column(ordered, Amount::messages, Long[]::new))
                .param(column(ordered, Amount::measurements, Long[]::new))
                .param(column(ordered, Amount::refused, Long[]::new))
                .param(column(ordered, Amount::bytes, Long[]::new))
                .update();
    }

    /** Tells others of the days on which something has arrived since they were told. */
    @Transactional
    public void tell() {
        Instant now = clock.instant();
        List<Outbox.Event> events = jdbc.sql("""
                        WITH counted AS
                            (SELECT tenant, day, sum(messages)::bigint AS messages, sum(measurements)::bigint AS measurements,
                                    sum(refused)::bigint AS refused, sum(bytes)::bigint AS bytes
                             FROM tenant_usage WHERE day >= ? GROUP BY tenant, day),
                        grown AS
                            (INSERT INTO usage_told (tenant, day, messages) SELECT tenant, day, messages FROM counted
                             ORDER BY day, tenant
                             ON CONFLICT (day, tenant) DO UPDATE SET messages = excluded.messages
                             WHERE usage_told.messages < excluded.messages
                             RETURNING tenant, day)
                        SELECT counted.* FROM counted JOIN grown USING (tenant, day)""")
                .param(Date.valueOf(today(now).minusDays(DAYS_TOLD)))
                .query((row, _) -> new Outbox.Event(
                        UsageEvent.COUNTED,
                        new UsageEvent(
                                row.getString("tenant"),
                                row.getDate("day").toLocalDate(),
                                row.getLong("messages"),
                                row.getLong("measurements"),
                                row.getLong("refused"),
                                row.getLong("bytes"),
                                now)))
                .list();
        outbox.appendAll(TelemetryEvents.EXCHANGE, events);
    }

    /** Forgets days that are long over. */
    @Transactional
    public void forget() {
        Date first = Date.valueOf(today(clock.instant()).minusDays(DAYS_KEPT));
        jdbc.sql("DELETE FROM tenant_usage WHERE day < ?").param(first).update();
        jdbc.sql("DELETE FROM usage_told WHERE day < ?").param(first).update();
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static <T> T[] column(List<Amount> amounts, Function<Amount, T> of, IntFunction<T[]> array) {
        return amounts.stream().map(of).toArray(array);
    }
}
