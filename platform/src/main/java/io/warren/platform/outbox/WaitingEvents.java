package io.warren.platform.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The events that wait. They are taken in turns of all tenants, so that none waits for another that has caused many, and those of a
 * tenant in the order of their writing: what is told of belongs to one tenant, and its events stay in order.
 */
final class WaitingEvents {

    private static final int MOST_IN_A_TURN = 1_000;
    private static final int MOST_BYTES_IN_A_TURN = 8 * 1024 * 1024;
    private static final int MOST_TENANTS_IN_A_TURN = 50;

    /** The tenants whose first event did not leave when it was tried last. What stands behind it would only leave again and again. */
    private final Set<String> stuck = new HashSet<>();

    /** Whose turn it was last, be it that its events left or not; all names come after the empty text. */
    private String last = "";

    /** The events whose turn it is; empty if none wait. Of a tenant whose first one did not leave last time it is that one alone. */
    List<WaitingEvent> next(JdbcClient jdbc) {
        List<WaitingEvent> turn = after(last, jdbc);
        if (turn.isEmpty() && !last.isEmpty()) {
            turn = after("", jdbc);
        }
        last = turn.isEmpty() ? "" : turn.getLast().tenant();
        Set<String> begun = new HashSet<>();
        return turn.stream()
                .filter(event -> begun.add(event.tenant()) || !stuck.contains(event.tenant()))
                .toList();
    }

    private static List<WaitingEvent> after(String tenant, JdbcClient jdbc) {
        // tenants are found by skipping through the index from one to the next
        return jdbc.sql("""
                        WITH RECURSIVE waiting (tenant) AS (
                            (SELECT tenant FROM outbox WHERE tenant > :after ORDER BY tenant LIMIT 1)
                            UNION ALL
                            SELECT (SELECT following.tenant FROM outbox AS following
                                    WHERE following.tenant > waiting.tenant ORDER BY following.tenant LIMIT 1)
                            FROM waiting WHERE waiting.tenant IS NOT NULL),
                        turn AS MATERIALIZED (SELECT tenant FROM waiting WHERE tenant IS NOT NULL LIMIT :tenants),
                        share AS MATERIALIZED (SELECT :events / greatest(count(*), 1) AS events,
                                                      :bytes / greatest(count(*), 1) AS bytes FROM turn)
                        SELECT event.* FROM turn CROSS JOIN share CROSS JOIN LATERAL
                            (SELECT *, sum(octet_length(payload)) OVER (ORDER BY id) - octet_length(payload) AS bytes_before
                             FROM (SELECT * FROM outbox WHERE outbox.tenant = turn.tenant
                                   ORDER BY id LIMIT (SELECT events FROM share)) AS its) AS event
                        WHERE event.bytes_before < share.bytes ORDER BY event.tenant, event.id""")
                .param("after", tenant)
                .param("tenants", MOST_TENANTS_IN_A_TURN)
                .param("events", MOST_IN_A_TURN)
                .param("bytes", MOST_BYTES_IN_A_TURN)
                .query((row, _) -> event(row))
                .list();
    }

    /**
     * Takes note of what became of events.
     *
     * @param gone those that have left. They are forgotten by id, since a transaction that began earlier may have committed a smaller
     *     one meanwhile
     * @param left those that have not
     */
    void tried(JdbcClient jdbc, Collection<WaitingEvent> gone, Collection<WaitingEvent> left) {
        gone.forEach(event -> stuck.remove(event.tenant()));
        left.forEach(event -> stuck.add(event.tenant()));
        if (!gone.isEmpty()) {
            jdbc.sql("DELETE FROM outbox WHERE id = ANY (?)")
                    .param(gone.stream().map(WaitingEvent::id).toArray(Long[]::new))
                    .update();
        }
    }

    private static WaitingEvent event(ResultSet row) throws SQLException {
        return new WaitingEvent(
                row.getLong("id"),
                row.getString("tenant"),
                row.getObject("message_id", UUID.class),
                row.getString("exchange"),
                row.getString("type"),
                row.getString("payload"),
                row.getString("traceparent"),
                row.getTimestamp("created_at").toInstant());
    }
}
