package io.warren.registry.diagnostics;

import io.warren.contracts.registry.DiagnosticsEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of uploads, each a short transaction of its own: none is open while a device is being waited for. A bundle has one
 * upload at a time, the latest that began; what an earlier one wrote is gone by then, and it cannot write any more.
 */
@Repository
class Uploads {

    private final JdbcClient jdbc;
    private final Room room;
    private final Outbox outbox;
    private final Clock clock;

    Uploads(JdbcClient jdbc, Room room, Outbox outbox, Clock clock) {
        this.jdbc = jdbc;
        this.room = room;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The bundle that may be sent; empty if there is none any more. */
    Optional<Target> target(UploadGrant grant) {
        return jdbc.sql("""
                        SELECT maximum_bytes, size, sha256 FROM diagnostics WHERE id = ? AND tenant = ? AND device = ?""")
                .params(
                        grant.bundle(),
                        grant.address().tenant().value(),
                        grant.address().device().value())
                .query((row, _) -> {
                    String sha256 = row.getString("sha256");
                    return new Target(
                            row.getLong("maximum_bytes"),
                            sha256 == null ? null : new Content(row.getLong("size"), sha256));
                })
                .optional();
    }

    /**
     * Begins an upload, in place of one that has not come to its end.
     *
     * @return what it is called; empty if the bundle has been received or deleted since
     */
    @Transactional
    Optional<UUID> begin(UploadGrant grant, long maximumBytes) {
        String tenant = grant.address().tenant().value();
        // one after the other, or several would take the same room
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('diagnostics/' || ?, 0))")
                .param(tenant)
                .query((_, _) -> true)
                .single();
        int waiting = jdbc.sql(
                        "UPDATE diagnostics SET upload = NULL, began_at = NULL WHERE id = ? AND received_at IS NULL")
                .param(grant.bundle())
                .update();
        if (waiting == 0) {
            return Optional.empty();
        }
        room.requireForUpload(grant.address().tenant(), maximumBytes);
        UUID upload = UUID.randomUUID();
        jdbc.sql("UPDATE diagnostics SET upload = ?, began_at = ? WHERE id = ?")
                .params(upload, Timestamp.from(clock.instant()), grant.bundle())
                .update();
        jdbc.sql("DELETE FROM diagnostics_part WHERE diagnostics = ?")
                .param(grant.bundle())
                .update();
        return Optional.of(upload);
    }

    /** Writes a part down; false if the upload is over. */
    boolean write(UUID bundle, UUID upload, int number, byte[] bytes) {
        return jdbc.sql("""
                        INSERT INTO diagnostics_part (diagnostics, upload, number, bytes)
                        SELECT id, upload, ?, ? FROM diagnostics
                        WHERE id = ? AND upload = ? AND received_at IS NULL FOR SHARE""").params(number, bytes, bundle, upload).update() == 1;
    }

    /** Makes what was uploaded the bundle, and tells of it; false if the upload is over. */
    @Transactional
    boolean complete(UploadGrant grant, UUID upload, Content content, String contentType) {
        Instant now = clock.instant();
        Optional<UUID> command = jdbc.sql("""
                        UPDATE diagnostics SET received_at = ?, size = ?, sha256 = ?, content_type = ?
                        WHERE id = ? AND upload = ? AND received_at IS NULL RETURNING command""")
                .params(Timestamp.from(now), content.size(), content.sha256(), contentType, grant.bundle(), upload)
                .query(UUID.class)
                .optional();
        command.ifPresent(asked -> outbox.append(
                RegistryEvents.EXCHANGE,
                DiagnosticsEvent.RECEIVED,
                new DiagnosticsEvent(
                        grant.address().tenant().value(),
                        grant.address().device().value(),
                        grant.bundle().toString(),
                        asked.toString(),
                        content.size(),
                        content.sha256(),
                        contentType,
                        now)));
        return command.isPresent();
    }

    /** Leaves nothing behind of an upload that has not come to its end. */
    @Transactional
    void abandon(UUID bundle, UUID upload) {
        int abandoned = jdbc.sql("""
                        UPDATE diagnostics SET upload = NULL, began_at = NULL
                        WHERE id = ? AND upload = ? AND received_at IS NULL""").params(bundle, upload).update();
        if (abandoned == 1) {
            jdbc.sql("DELETE FROM diagnostics_part WHERE diagnostics = ? AND upload = ?")
                    .params(bundle, upload)
                    .update();
        }
    }

    /** Some uploads that began before a time and have not come to an end: whoever took them in is no more. */
    List<Started> begunBefore(Instant time, int limit) {
        return jdbc.sql("""
                        SELECT id, upload FROM diagnostics
                        WHERE upload IS NOT NULL AND received_at IS NULL AND began_at < ? ORDER BY began_at LIMIT ?""")
                .params(Timestamp.from(time), limit)
                .query((row, _) -> new Started(row.getObject("id", UUID.class), row.getObject("upload", UUID.class)))
                .list();
    }

    /** A part of what was received; empty behind the last, and if the bundle is deleted. */
    Optional<byte[]> read(UUID bundle, int number) {
        return jdbc.sql("""
                        SELECT bytes FROM diagnostics_part p
                        JOIN diagnostics d ON d.id = p.diagnostics AND d.upload = p.upload
                        WHERE d.id = ? AND number = ? AND received_at IS NOT NULL""")
                .params(bundle, number)
                .query((row, _) -> row.getBytes("bytes"))
                .optional();
    }

    /**
     * What may be sent.
     *
     * @param maximumBytes how large it may be
     * @param received what it was, if it has been received
     */
    record Target(long maximumBytes, @Nullable Content received) {}

    /**
     * Some bytes.
     *
     * @param size how many
     * @param sha256 of them, in hexadecimal digits
     */
    record Content(long size, String sha256) {}

    /** An upload of a bundle. */
    record Started(UUID bundle, UUID upload) {}
}
