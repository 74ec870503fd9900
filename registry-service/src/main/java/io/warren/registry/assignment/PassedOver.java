package io.warren.registry.assignment;

import io.warren.contracts.device.DeviceAddress;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices that looking at failed, each until it is looked at without. */
@Repository
class PassedOver {

    private final JdbcClient jdbc;

    PassedOver(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Passes over a device that is due, unless it has gone. */
    @Transactional
    void add(DeviceAddress device, String reason, Instant at) {
        jdbc.sql("""
                        DELETE FROM configuration_due WHERE id = ANY (ARRAY
                            (SELECT id FROM configuration_due WHERE tenant = ? AND device = ? FOR UPDATE SKIP LOCKED))""").params(device.tenant().value(), device.device().value()).update();
        jdbc.sql("""
                        INSERT INTO configuration_failure (tenant, device, reason, at)
                        SELECT tenant, id, ?, ? FROM device WHERE tenant = ? AND id = ? FOR KEY SHARE
                        ON CONFLICT (tenant, device) DO UPDATE SET reason = excluded.reason, at = excluded.at""")
                .params(
                        reason,
                        Timestamp.from(at),
                        device.tenant().value(),
                        device.device().value())
                .update();
    }

    /** Since when a device is passed over, and why; empty if it is not. */
    Optional<Failure> of(DeviceAddress device) {
        return jdbc.sql("SELECT reason, at FROM configuration_failure WHERE tenant = ? AND device = ?")
                .params(device.tenant().value(), device.device().value())
                .query((row, _) -> new Failure(
                        row.getString("reason"), row.getTimestamp("at").toInstant()))
                .optional();
    }

    /** Has devices looked at that have been passed over since before a time. */
    void lookAgainAtThoseBefore(Instant time, int limit) {
        jdbc.sql("""
                        INSERT INTO configuration_due (tenant, device)
                        SELECT tenant, device FROM configuration_failure WHERE at < ? ORDER BY at LIMIT ?""").params(Timestamp.from(time), limit).update();
    }

    /**
     * Why a device was passed over.
     *
     * @param reason what went wrong
     * @param at when it was looked at last
     */
    record Failure(String reason, Instant at) {}
}
