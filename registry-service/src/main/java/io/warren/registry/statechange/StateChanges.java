package io.warren.registry.statechange;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Columns;
import io.warren.registry.document.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All changes of devices' states, for as long as they are kept. */
@Repository
public class StateChanges {

    private static final int PAGE_BYTES = 1 << 20;

    private final JdbcClient jdbc;

    StateChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps changes. */
    public void add(List<StateChange> changes) {
        jdbc.sql("""
                        INSERT INTO device_state_change (tenant, device, number, side, version, patch, way_back, desired, reported,
                                                         changed_at, changed_by)
                        SELECT * FROM unnest(?, ?, ?::bigint[], ?, ?::bigint[], ?::jsonb[], ?::jsonb[], ?::jsonb[], ?::jsonb[],
                                             ?::timestamptz[], ?)""")
                .param(Columns.of(changes, change -> change.address().tenant()))
                .param(Columns.of(changes, change -> change.address().device()))
                .param(Columns.of(changes, StateChange::number))
                .param(Columns.of(changes, change -> change.side().wireName()))
                .param(Columns.of(changes, StateChange::version))
                .param(Columns.of(changes, change -> Documents.write(change.patch())))
                .param(Columns.of(changes, change -> Documents.write(change.wayBack())))
                .param(Columns.of(
                        changes,
                        change -> change.whole() == null
                                ? null
                                : Documents.write(change.whole().desired())))
                .param(Columns.of(
                        changes,
                        change -> change.whole() == null
                                ? null
                                : Documents.write(change.whole().reported())))
                .param(Columns.of(changes, StateChange::at))
                .param(Columns.of(changes, StateChange::by))
                .update();
    }

    /**
     * Changes of a device, the newest first, of numbers smaller than {@code below}: as many as fit into a page of about a MiB, at
     * least one and at most {@code limit}.
     */
    public List<PastChange> of(DeviceAddress address, long below, int limit) {
        return jdbc.sql("""
                        SELECT number, side, version, patch, changed_at, changed_by, is_last
                        FROM (SELECT *, lead(number) OVER newest IS NULL AS is_last,
                                     sum(octet_length(patch)) OVER newest - octet_length(patch) AS bytes_before
                              FROM (SELECT number, side, version, patch::text AS patch, changed_at, changed_by
                                    FROM device_state_change WHERE tenant = ? AND device = ? AND number < ?
                                    ORDER BY number DESC LIMIT ?) AS listed
                              WINDOW newest AS (ORDER BY number DESC)) AS measured
                        WHERE bytes_before < ? ORDER BY number DESC LIMIT ?""")
                .params(address.tenant().value(), address.device().value(), below, limit + 1, PAGE_BYTES, limit)
                .query((row, _) -> new PastChange(
                        row.getLong("number"),
                        Side.of(row.getString("side")),
                        row.getLong("version"),
                        Documents.readDocument(row.getString("patch")),
                        row.getTimestamp("changed_at").toInstant(),
                        row.getString("changed_by"),
                        row.getBoolean("is_last")))
                .list();
    }

    /** The number of the first change after a time. */
    public Optional<Long> firstAfter(DeviceAddress address, Instant time) {
        return jdbc.sql("""
                        SELECT number FROM device_state_change WHERE tenant = ? AND device = ? AND changed_at > ?
                        ORDER BY changed_at, number LIMIT 1""")
                .params(address.tenant().value(), address.device().value(), Timestamp.from(time))
                .query(Long.class)
                .optional();
    }

    /**
     * The changes from one on, the newest first, back from the first that keeps both sides whole: fewer than
     * {@value StateChange#WHOLE_EVERY} and one. If none does, all there are.
     */
    public List<StateChange> wayBackTo(DeviceAddress address, long number) {
        List<StateChange> following = jdbc.sql("""
                        SELECT * FROM device_state_change WHERE tenant = ? AND device = ? AND number >= ?
                        ORDER BY number LIMIT ?""")
                .params(address.tenant().value(), address.device().value(), number, StateChange.WHOLE_EVERY)
                .query((row, _) -> change(row))
                .list();
        for (int last = 0; last < following.size(); last++) {
            if (following.get(last).whole() != null) {
                return following.subList(0, last + 1).reversed();
            }
        }
        return following.reversed();
    }

    /** Forgets some changes made before a time; answers how many. */
    @Transactional
    public int forgetBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM device_state_change WHERE ctid = ANY (ARRAY
                            (SELECT ctid FROM device_state_change WHERE changed_at < ? LIMIT ?))""").params(Timestamp.from(time), limit).update();
    }

    private static StateChange change(ResultSet row) throws SQLException {
        return new StateChange(
                DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                row.getLong("number"),
                Side.of(row.getString("side")),
                row.getLong("version"),
                Documents.readDocument(row.getString("patch")),
                Documents.readDocument(row.getString("way_back")),
                whole(row.getString("desired"), row.getString("reported")),
                row.getTimestamp("changed_at").toInstant(),
                row.getString("changed_by"));
    }

    private static StateChange.@Nullable Whole whole(@Nullable String desired, @Nullable String reported) {
        return desired == null || reported == null
                ? null
                : new StateChange.Whole(Documents.readDocument(desired), Documents.readDocument(reported));
    }
}
