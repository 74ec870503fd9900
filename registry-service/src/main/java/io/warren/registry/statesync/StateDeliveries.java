package io.warren.registry.statesync;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Columns;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which devices are to be told what is desired, and who is telling them. */
@Repository
class StateDeliveries {

    private final JdbcClient jdbc;

    StateDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Has devices told that are not as desired, or whose newest desired version no queue of theirs has taken; answers how many. */
    @Transactional
    int sendAgain(Set<DeviceAddress> addresses, Instant now) {
        return jdbc.sql("""
                        WITH behind AS MATERIALIZED
                            (SELECT tenant, device FROM device_state JOIN unnest(?, ?) AS connected (tenant, device)
                             USING (tenant, device)
                             WHERE desired_version > 0 AND (NOT in_sync OR sent_version < desired_version)
                             ORDER BY tenant, device FOR UPDATE OF device_state)
                        UPDATE device_state SET send_at = ?, send_failures = 0 FROM behind
                        WHERE device_state.tenant = behind.tenant AND device_state.device = behind.device""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .param(Timestamp.from(now))
                .update();
    }

    /**
     * Takes devices that are to be told, with the newest that they are to be told. Nobody else takes them for {@code lease},
     * unless their taker says what became of it.
     */
    @Transactional
    List<Taken> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        UPDATE device_state SET sending_until = :until
                        WHERE (tenant, device) IN
                            (SELECT tenant, device FROM device_state
                             WHERE send_at <= :now AND (sending_until IS NULL OR sending_until <= :now)
                             ORDER BY send_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        RETURNING tenant, device, desired::text AS desired, desired_version, send_at, send_failures,
                                  sending_until""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> new Taken(
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                        row.getLong("desired_version"),
                        row.getString("desired"),
                        row.getInt("send_failures"),
                        row.getTimestamp("send_at").toInstant(),
                        row.getTimestamp("sending_until").toInstant()))
                .list();
    }

    /** Notes that a queue of the device has the version that was taken. If there is more to tell by now, that is next. */
    @Transactional
    void sent(Taken taken) {
        jdbc.sql("""
                        UPDATE device_state
                        SET sending_until = NULL, sent_version = greatest(sent_version, :version), send_failures = 0,
                            send_at = CASE WHEN send_at = :sendAt AND desired_version = :version THEN NULL ELSE send_at END
                        WHERE tenant = :tenant AND device = :device AND sending_until = :lease""")
                .param("version", taken.version())
                .param("sendAt", Timestamp.from(taken.sendAt()))
                .param("lease", Timestamp.from(taken.lease()))
                .param("tenant", taken.address().tenant().value())
                .param("device", taken.address().device().value())
                .update();
    }

    /**
     * Notes that no queue of the device has the version that was taken.
     *
     * @param again when that is tried again; if absent, not before something changes or the device connects
     */
    @Transactional
    void refused(Taken taken, @Nullable Instant again) {
        jdbc.sql("""
                        UPDATE device_state
                        SET sending_until = NULL,
                            send_failures = CASE WHEN send_at = :sendAt THEN send_failures + 1 ELSE send_failures END,
                            send_at = CASE WHEN send_at = :sendAt THEN :again::timestamptz ELSE send_at END
                        WHERE tenant = :tenant AND device = :device AND sending_until = :lease""")
                .param("sendAt", Timestamp.from(taken.sendAt()))
                .param("again", again == null ? null : Timestamp.from(again))
                .param("lease", Timestamp.from(taken.lease()))
                .param("tenant", taken.address().tenant().value())
                .param("device", taken.address().device().value())
                .update();
    }

    /**
     * What a device is to be told.
     *
     * @param version of what is desired
     * @param desired what is desired, as JSON
     * @param failures how often no queue of the device took it
     * @param sendAt when the device was to be told
     * @param lease until when nobody else tells it anything
     */
    record Taken(DeviceAddress address, long version, String desired, int failures, Instant sendAt, Instant lease) {}
}
