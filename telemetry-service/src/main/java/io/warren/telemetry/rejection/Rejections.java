package io.warren.telemetry.rejection;

import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.telemetry.body.Refusal;
import io.warren.telemetry.rejection.RejectionController.RejectionItem;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What was refused, kept for a while. */
@Component
public class Rejections {

    /** Rows that are sent to the database at a time. */
    private static final int ROWS_AT_A_TIME = 1000;

    private final JdbcTemplate jdbc;
    private final RejectionProperties properties;
    private final Clock clock;

    Rejections(JdbcTemplate jdbc, RejectionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** Keeps rejections, in the caller's transaction; those of a message that was delivered before are kept once. */
    public void add(List<Rejection> rejections) {
        jdbc.batchUpdate("""
                INSERT INTO rejection (tenant, device, topic, received_at, reason, detail, pointer, payload, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", rejections, ROWS_AT_A_TIME, Rejections::set);
    }

    /** A page of a tenant's rejections, newest first: those with ids below {@code before}. */
    Page<RejectionItem> page(String tenant, @Nullable String device, int limit, long before) {
        List<Object> parameters = new ArrayList<>(List.of(tenant, before));
        if (device != null) {
            parameters.add(device);
        }
        parameters.add(limit + 1);
        List<Kept> kept = jdbc.query(
                "SELECT * FROM rejection WHERE tenant = ? AND id < ? " + (device == null ? "" : "AND device = ? ")
                        + "ORDER BY id DESC LIMIT ?",
                (row, _) -> new Kept(
                        row.getLong("id"),
                        new RejectionItem(
                                row.getString("device"),
                                row.getString("topic"),
                                row.getTimestamp("received_at").toInstant(),
                                row.getString("reason"),
                                row.getString("detail"),
                                row.getString("pointer").isEmpty() ? null : row.getString("pointer"),
                                new String(row.getBytes("payload"), StandardCharsets.UTF_8))),
                parameters.toArray());
        return Page.of(kept, limit, each -> Cursor.after(each.id())).map(Kept::item);
    }

    private record Kept(long id, RejectionItem item) {}

    private static void set(PreparedStatement row, Rejection rejection) throws SQLException {
        Refusal refusal = rejection.refusal();
        row.setString(1, rejection.tenant());
        row.setString(2, rejection.device());
        row.setString(3, rejection.topic());
        row.setTimestamp(4, new Timestamp(rejection.receivedMillis()));
        row.setString(5, refusal.reason().wireName());
        row.setString(6, refusal.detail());
        row.setString(7, refusal.pointer());
        row.setBytes(8, refusal.payload());
        row.setLong(9, digest(rejection));
    }

    /** Tells apart the refusals of one device in one millisecond; it need not withstand anybody. */
    private static long digest(Rejection rejection) {
        CRC32C crc = new CRC32C();
        crc.update(rejection.topic().getBytes(StandardCharsets.UTF_8));
        crc.update(rejection.refusal().payload());
        return crc.getValue();
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
    void prune() {
        jdbc.update(
                "DELETE FROM rejection WHERE received_at < ? OR id <= (SELECT max(id) FROM rejection) - ?",
                Timestamp.from(clock.instant().minus(properties.retention())),
                properties.maxRows());
    }
}
