package io.warren.registry.wakedelivery;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Columns;
import io.warren.registry.wakeup.Reason;
import io.warren.registry.wakeup.WakeUpState;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wake-ups whose next message is due. */
@Repository
class DueWakeUps {

    /** How long a message that may have been sent is sent again as it was. */
    private static final Duration SAME_MESSAGE = Duration.ofMinutes(15);

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;

    DueWakeUps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes wake-ups of a channel whose next message is due. Each is due again after {@code lease}, should its taker die. */
    List<DueWakeUp> take(TenantId tenant, String channel, Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        WITH taken AS
                            (UPDATE wake_up SET
                                 due_at = :until,
                                 nonce = CASE WHEN signed_at > :fresh THEN nonce
                                         ELSE right(replace(gen_random_uuid()::text, '-', ''), 16) END,
                                 signed_at = CASE WHEN signed_at > :fresh THEN signed_at ELSE :now END
                             WHERE id IN (SELECT id FROM wake_up
                                          WHERE tenant = :tenant AND channel = :channel AND due_at <= :now
                                          ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                             RETURNING *)
                        SELECT taken.id, taken.tenant, taken.device, taken.channel, reason, taken.created_at, due_at, nonce,
                               signed_at, cardinality(sent_at) AS sent, failures, connected,
                               enabled AND (coalesce(wanted_until > :now, false)
                                            OR something_waits_for(taken.tenant, taken.device, :now)) AS wanted,
                               wake_up_channel, identifiers ->> substring(wake_up_address FROM 13) AS address,
                               ARRAY(SELECT sending FROM wake_up AS any_of, unnest(any_of.sent_at) AS sending
                                     WHERE any_of.tenant = taken.tenant AND any_of.device = taken.device
                                       AND sending > :yesterday ORDER BY sending) AS last_day
                        FROM taken
                        JOIN presence ON presence.tenant = taken.tenant AND presence.device = taken.device
                        JOIN device ON device.tenant = taken.tenant AND device.id = taken.device
                        LEFT JOIN device_type ON device_type.tenant = device.tenant AND device_type.id = device.type""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("fresh", Timestamp.from(now.minus(SAME_MESSAGE)))
                .param("yesterday", Timestamp.from(now.minus(DAY)))
                .param("tenant", tenant.value())
                .param("channel", channel)
                .param("limit", limit)
                .query((row, _) -> new DueWakeUp(
                        row.getObject("id", UUID.class),
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                        row.getString("channel"),
                        Reason.valueOf(row.getString("reason")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("due_at").toInstant(),
                        row.getString("nonce"),
                        row.getTimestamp("signed_at").toInstant(),
                        row.getInt("sent"),
                        row.getInt("failures"),
                        row.getBoolean("connected"),
                        row.getBoolean("wanted"),
                        row.getString("wake_up_channel"),
                        row.getString("address"),
                        Columns.instants(row, "last_day")))
                .list();
    }

    /** Notes that the channel has taken a message; if somebody wants the next earlier since, it comes earlier. */
    void sent(DueWakeUp due, Instant at, Instant next) {
        jdbc.sql("""
                        UPDATE wake_up SET sent_at = sent_at || ?::timestamptz, failures = 0, last_error = NULL,
                                           nonce = NULL, signed_at = NULL,
                                           due_at = CASE WHEN due_at = ? THEN ? ELSE due_at END
                        WHERE id = ?""")
                .params(at.toString(), Timestamp.from(due.lease()), Timestamp.from(next), due.id())
                .update();
    }

    /** Notes that the channel has not taken a message. */
    void failed(DueWakeUp due, String reason, Instant next) {
        jdbc.sql("""
                        UPDATE wake_up SET failures = failures + 1, last_error = ?,
                                           due_at = CASE WHEN due_at = ? THEN ? ELSE due_at END
                        WHERE id = ?""")
                .params(reason, Timestamp.from(due.lease()), Timestamp.from(next), due.id())
                .update();
    }

    /** Has the next message sent later. */
    void postpone(DueWakeUp due, Instant until) {
        jdbc.sql("UPDATE wake_up SET due_at = ? WHERE id = ? AND due_at = ?")
                .params(Timestamp.from(until), due.id(), Timestamp.from(due.lease()))
                .update();
    }

    /** Gives a wake-up to another channel. */
    void move(DueWakeUp due, String channel, Instant now) {
        jdbc.sql("UPDATE wake_up SET channel = ?, due_at = ? WHERE id = ? AND due_at = ?")
                .params(channel, Timestamp.from(now), due.id(), Timestamp.from(due.lease()))
                .update();
    }

    /** Ends a wake-up, unless it has ended already; says whether that was so. */
    boolean end(DueWakeUp due, WakeUpState state, @Nullable String error, Instant at) {
        return jdbc.sql("""
                        UPDATE wake_up SET state = ?, due_at = NULL, finished_at = ?, last_error = coalesce(?, last_error)
                        WHERE id = ? AND state = 'WAITING'""")
                        .params(state.name(), Timestamp.from(at))
                        .param(error)
                        .param(due.id())
                        .update()
                == 1;
    }
}
