package io.warren.provisioning.inquiry;

import io.warren.contracts.device.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The inquiries that wait for an answer. */
@Repository
class OpenInquiries {

    private static final String TAKEN = """
            UPDATE inquiry SET due_at = :lease WHERE (registration, subject) IN (%s)
            RETURNING registration, subject, generation, round, tenant, door, url, sealed_secret, question, failures,
                      reason, due_at, deadline_at""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OpenInquiries(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Takes what is due at an address. Each is due again after {@code lease}, should its taker die. */
    List<Inquiry> take(TenantId tenant, String url, Instant now, Duration lease, int limit) {
        return jdbc.sql(TAKEN.formatted("""
                        SELECT registration, subject FROM inquiry
                        WHERE tenant = :tenant AND url = :url AND due_at <= :now
                        ORDER BY due_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED"""))
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("tenant", tenant.value())
                .param("url", url)
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> inquiry(row))
                .list();
    }

    /** Takes what is due about a registration, unless its address has not worked lately, which is found out in its turn. */
    Optional<Inquiry> take(UUID registration, Instant now, Duration lease) {
        return jdbc.sql(TAKEN.formatted("""
                        SELECT registration, subject FROM inquiry
                        WHERE registration = :registration AND due_at <= :now
                          AND NOT EXISTS (SELECT FROM inquiry_turn WHERE inquiry_turn.tenant = inquiry.tenant
                                          AND inquiry_turn.url = inquiry.url AND inquiry_turn.failures > 0)
                        LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED"""))
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("registration", registration)
                .param("now", Timestamp.from(now))
                .query((row, _) -> inquiry(row))
                .optional();
    }

    /** Notes an answer; false if it is none to what is still asked. */
    boolean settle(Inquiry inquiry, JsonNode answer, Instant now) {
        return jdbc.sql("""
                        UPDATE inquiry SET state = 'SETTLED', answer = ?::jsonb, reason = NULL, due_at = NULL, settled_at = ?
                        WHERE registration = ? AND subject = ? AND generation = ? AND round = ? AND url = ? AND state = 'OPEN'""")
                        .params(json.writeValueAsString(answer), Timestamp.from(now))
                        .params(inquiry.registration(), inquiry.subject(), inquiry.generation(), inquiry.round())
                        .param(inquiry.url())
                        .update()
                == 1;
    }

    /** Notes that the device is not wanted; false if that is no answer to what is still asked. */
    boolean refuse(Inquiry inquiry, String reason, Instant now) {
        return jdbc.sql("""
                        UPDATE inquiry SET state = 'REFUSED', reason = ?, due_at = NULL, settled_at = ?
                        WHERE registration = ? AND subject = ? AND generation = ? AND round = ? AND url = ? AND state = 'OPEN'""")
                        .params(reason, Timestamp.from(now))
                        .params(inquiry.registration(), inquiry.subject(), inquiry.generation(), inquiry.round())
                        .param(inquiry.url())
                        .update()
                == 1;
    }

    /** Has it asked later, for a reason that is no failure. */
    void postpone(Inquiry inquiry, Instant until) {
        jdbc.sql("UPDATE inquiry SET due_at = ?, failures = 0 WHERE registration = ? AND subject = ? AND due_at = ?")
                .params(Timestamp.from(until), inquiry.registration(), inquiry.subject())
                .param(Timestamp.from(inquiry.lease()))
                .update();
    }

    /** Notes that there was no answer. */
    void fail(Inquiry inquiry, String reason, Instant next) {
        jdbc.sql("""
                        UPDATE inquiry SET due_at = ?, failures = failures + 1, reason = ?
                        WHERE registration = ? AND subject = ? AND due_at = ?""")
                .params(Timestamp.from(next), reason, inquiry.registration(), inquiry.subject())
                .param(Timestamp.from(inquiry.lease()))
                .update();
    }

    private Inquiry inquiry(ResultSet row) throws SQLException {
        return new Inquiry(
                row.getObject("registration", UUID.class),
                row.getString("subject"),
                row.getInt("generation"),
                row.getInt("round"),
                new TenantId(row.getString("tenant")),
                row.getString("door"),
                row.getString("url"),
                row.getString("sealed_secret"),
                json.readTree(row.getString("question")),
                row.getInt("failures"),
                row.getString("reason"),
                row.getTimestamp("due_at").toInstant(),
                row.getTimestamp("deadline_at").toInstant());
    }
}
