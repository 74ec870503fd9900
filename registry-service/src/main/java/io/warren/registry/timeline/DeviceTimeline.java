package io.warren.registry.timeline;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What happened to devices, for as long as history is kept; that of a device that was deleted, too. */
@Repository
class DeviceTimeline {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TimelinePartitions partitions;

    DeviceTimeline(JdbcClient jdbc, JsonMapper json, TimelinePartitions partitions) {
        this.jdbc = jdbc;
        this.json = json;
        this.partitions = partitions;
    }

    /**
     * Writes down what happened, with one statement, in the transaction in which it happens. What is older than history reaches is
     * passed over; what has a time to come by a clock that is far ahead is put to the latest time there is.
     *
     * @param happened in the order in which it was noticed; none is fine
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void write(List<Note> happened) {
        Instant oldest = partitions.oldest();
        Instant newest = partitions.newest();
        List<Note> kept =
                happened.stream().filter(note -> !note.at().isBefore(oldest)).toList();
        if (kept.isEmpty()) {
            return;
        }
        // numbers are given after the sorting, hence in the order of the list
        jdbc.sql("""
                        INSERT INTO device_timeline (tenant, device, at, kind, event, details)
                        SELECT tenant, device, least(at, ?), kind, event, details
                        FROM unnest(?, ?, ?::timestamptz[], ?, ?, ?::jsonb[])
                             WITH ORDINALITY AS note (tenant, device, at, kind, event, details, position)
                        ORDER BY position""")
                .param(Timestamp.from(newest))
                .param(column(kept, Note::tenant))
                .param(column(kept, Note::device))
                .param(column(kept, note -> note.at().toString()))
                .param(column(kept, Note::kind))
                .param(column(kept, Note::event))
                .param(column(kept, Note::details))
                .update();
    }

    /** A part of a device's timeline, the newest first. */
    List<TimelineEntry> of(TimelineQuestion question, int limit) {
        // said only when kinds are asked for: that way the index is looked through for them, not the table
        String ofKinds = question.kinds().isEmpty() ? "" : "AND kind = ANY (:kinds)";
        return jdbc.sql("""
                        SELECT at, seq, kind, event, details FROM device_timeline
                        WHERE tenant = :tenant AND device = :device AND at >= :from
                          AND at <= :before AND (at, seq) < (:before, :seq) %s
                        ORDER BY at DESC, seq DESC LIMIT :limit""".formatted(ofKinds))
                .param("tenant", question.address().tenant().value())
                .param("device", question.address().device().value())
                .param("from", Timestamp.from(question.from()))
                .param("before", Timestamp.from(question.before()))
                .param("seq", question.seq())
                .param("kinds", question.kinds().toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        row.getLong("seq"),
                        row.getString("kind"),
                        row.getString("event"),
                        json.readTree(row.getString("details"))))
                .list();
    }

    private static String[] column(List<Note> notes, Function<Note, String> value) {
        return notes.stream().map(value).toArray(String[]::new);
    }

    /**
     * What is written down of something that happened.
     *
     * @param details a JSON object
     */
    record Note(String tenant, String device, Instant at, String kind, String event, String details) {}
}
