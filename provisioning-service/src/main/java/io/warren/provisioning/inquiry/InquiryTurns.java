package io.warren.provisioning.inquiry;

import io.warren.contracts.device.TenantId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whose turn it is to be asked. One replica at a time asks an address of a tenant, so that one that does not answer is tried with a
 * single question, and holds up nobody but itself.
 */
@Repository
class InquiryTurns {

    private final JdbcClient jdbc;

    InquiryTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes turns for which something is due; nobody else gets them until {@code lease} is over.
     *
     * @param limit how many at the most
     * @param ofTenant how many of them of one tenant
     */
    List<Turn> take(Instant now, Duration lease, int limit, int ofTenant) {
        return jdbc.sql("""
                        WITH due AS MATERIALIZED
                            (SELECT tenant, url, row_number() OVER (PARTITION BY tenant ORDER BY turn_at) AS place
                             FROM inquiry_turn AS turn
                             WHERE turn_at <= :now
                               AND EXISTS (SELECT FROM inquiry WHERE inquiry.tenant = turn.tenant
                                           AND inquiry.url = turn.url AND due_at <= :now))
                        UPDATE inquiry_turn SET turn_at = :until
                        WHERE (tenant, url) IN
                            (SELECT turn.tenant, turn.url FROM inquiry_turn AS turn
                             JOIN due ON due.tenant = turn.tenant AND due.url = turn.url
                             WHERE place <= :ofTenant AND turn_at <= :now
                             ORDER BY turn_at LIMIT :limit FOR NO KEY UPDATE OF turn SKIP LOCKED)
                        RETURNING tenant, url, turn_at, failures""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .param("ofTenant", ofTenant)
                .query((row, _) -> new Turn(
                        new TenantId(row.getString("tenant")),
                        row.getString("url"),
                        row.getTimestamp("turn_at").toInstant(),
                        row.getInt("failures")))
                .list();
    }

    /**
     * Ends a turn, unless its time was over and somebody else has it.
     *
     * @param until when the next may begin
     * @param failures how often in a row there was no answer
     */
    void end(Turn turn, Instant until, int failures) {
        jdbc.sql("UPDATE inquiry_turn SET turn_at = ?, failures = ? WHERE tenant = ? AND url = ? AND turn_at = ?")
                .params(Timestamp.from(until), failures, turn.tenant().value(), turn.url())
                .param(Timestamp.from(turn.lease()))
                .update();
    }

    /** Notes that an address did not answer out of turn: what else is due there waits for its turn. */
    void fail(TenantId tenant, String url) {
        jdbc.sql("UPDATE inquiry_turn SET failures = 1 WHERE tenant = ? AND url = ? AND failures = 0")
                .params(tenant.value(), url)
                .update();
    }

    /** Forgets addresses at which nobody is asked any more. */
    void prune(Instant before) {
        jdbc.sql("""
                        DELETE FROM inquiry_turn WHERE turn_at < ?
                          AND NOT EXISTS (SELECT FROM inquiry WHERE inquiry.tenant = inquiry_turn.tenant
                                          AND inquiry.url = inquiry_turn.url AND due_at IS NOT NULL)""").param(Timestamp.from(before)).update();
    }

    /**
     * A turn.
     *
     * @param tenant whose
     * @param url who is asked
     * @param lease when somebody else may have it
     * @param failures how often in a row there was no answer
     */
    record Turn(TenantId tenant, String url, Instant lease, int failures) {}
}
