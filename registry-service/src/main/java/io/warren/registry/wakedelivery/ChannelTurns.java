package io.warren.registry.wakedelivery;

import io.warren.contracts.device.TenantId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whose turn it is to send through a channel. One replica at a time, so that a channel's rate and rests hold for all of them, and
 * so that a channel that does not work holds up nobody but itself.
 */
@Repository
class ChannelTurns {

    private final JdbcClient jdbc;

    ChannelTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes channels that something is due for; nobody else gets them until {@code lease} is over. */
    List<Turn> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        UPDATE wake_up_channel SET turn_at = :until
                        WHERE (tenant, id) IN
                            (SELECT tenant, id FROM wake_up_channel AS channel
                             WHERE turn_at <= :now
                               AND EXISTS (SELECT FROM wake_up WHERE wake_up.tenant = channel.tenant
                                           AND wake_up.channel = channel.id AND due_at <= :now)
                             ORDER BY turn_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
                        RETURNING tenant, id, turn_at, failures""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> new Turn(
                        new TenantId(row.getString("tenant")),
                        row.getString("id"),
                        row.getTimestamp("turn_at").toInstant(),
                        row.getInt("failures")))
                .list();
    }

    /**
     * Ends a turn, unless its time was over and somebody else has it.
     *
     * @param until when the next may begin
     * @param failures how often in a row the channel has not worked
     */
    void end(Turn turn, Instant until, int failures) {
        jdbc.sql("UPDATE wake_up_channel SET turn_at = ?, failures = ? WHERE tenant = ? AND id = ? AND turn_at = ?")
                .params(
                        Timestamp.from(until),
                        failures,
                        turn.tenant().value(),
                        turn.channel(),
                        Timestamp.from(turn.lease()))
                .update();
    }

    /**
     * A turn.
     *
     * @param tenant whose channel
     * @param channel which
     * @param lease when somebody else may have it
     * @param failures how often in a row the channel has not worked
     */
    record Turn(TenantId tenant, String channel, Instant lease, int failures) {}
}
