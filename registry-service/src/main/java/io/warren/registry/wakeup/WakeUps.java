package io.warren.registry.wakeup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.NewestFirst;
import io.warren.registry.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All wake-ups. */
@Repository
class WakeUps {

    private final JdbcClient jdbc;

    WakeUps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Has a device woken, or the gateway device it sits behind, if that sleeps and its type says how.
     *
     * @param now since when it is wanted
     * @param until until when, though nothing waits for it; if absent, as long as something does
     * @param pause how long after the last message the next may come at the earliest
     */
    void want(DeviceAddress device, Reason reason, Instant now, @Nullable Instant until, Duration pause) {
        jdbc.sql("SELECT want_awake(ARRAY[?], ARRAY[?], ?, ?, ?, ?::timestamptz, make_interval(secs => ?))")
                .params(device.tenant().value(), device.device().value(), reason.name())
                .params(Timestamp.from(now), Timestamp.from(now))
                .param(until == null ? null : until.toString())
                .param(pause.toSeconds())
                .query((_, _) -> true)
                .list();
    }

    /** Has those of some devices woken, a while later, for which something waits. */
    void wantForWhatWaits(Collection<DeviceAddress> devices, Instant now, Duration later) {
        jdbc.sql("""
                        SELECT want_awake(array_agg(tenant), array_agg(device), ?, ?, ?, NULL, interval '30 minutes')
                        FROM unnest(?, ?) AS gone (tenant, device)
                        WHERE something_waits_for(tenant, device, ?) HAVING count(*) > 0""")
                .params(Reason.UNFINISHED.name(), Timestamp.from(now), Timestamp.from(now.plus(later)))
                .param(Columns.of(devices, DeviceAddress::tenant))
                .param(Columns.of(devices, DeviceAddress::device))
                .param(Timestamp.from(now))
                .query((_, _) -> true)
                .list();
    }

    /** Notes that devices have come. In the order of their names, or two would wait for each other. */
    void awake(Set<DeviceAddress> devices, Instant now) {
        jdbc.sql("""
                        UPDATE wake_up SET state = 'AWAKE', due_at = NULL, finished_at = ?
                        WHERE id IN (SELECT id FROM wake_up
                                     JOIN unnest(?, ?) AS connected (tenant, device) USING (tenant, device)
                                     WHERE state = 'WAITING' ORDER BY tenant, device FOR UPDATE OF wake_up)""")
                .param(Timestamp.from(now))
                .param(Columns.of(devices, DeviceAddress::tenant))
                .param(Columns.of(devices, DeviceAddress::device))
                .update();
    }

    /** Gives what a channel has not sent to the channels that the devices' types name now, because it is gone; ends the rest. */
    void channelDeleted(TenantId tenant, String channel, Instant now) {
        jdbc.sql("""
                        UPDATE wake_up SET channel = wake_up_channel, due_at = ?
                        FROM device JOIN device_type ON device_type.tenant = device.tenant AND device_type.id = device.type
                        WHERE wake_up.tenant = ? AND channel = ? AND state = 'WAITING'
                          AND device.tenant = wake_up.tenant AND device.id = wake_up.device
                          AND wake_up_channel IS NOT NULL""").params(Timestamp.from(now), tenant.value(), channel).update();
        jdbc.sql("""
                        UPDATE wake_up SET state = 'FAILED', due_at = NULL, finished_at = ?,
                                           last_error = 'the channel was deleted'
                        WHERE tenant = ? AND channel = ? AND state = 'WAITING'""").params(Timestamp.from(now), tenant.value(), channel).update();
    }

    /** The wake-up that has not ended of a device, or of the gateway device it sits behind. */
    Optional<WakeUpView> open(DeviceAddress device) {
        return jdbc.sql("""
                        SELECT wake_up.* FROM device
                        JOIN wake_up ON wake_up.tenant = device.tenant AND wake_up.device = coalesce(gateway, device.id)
                        WHERE device.tenant = ? AND device.id = ? AND state = 'WAITING'""")
                .params(device.tenant().value(), device.device().value())
                .query((row, _) -> view(row))
                .optional();
    }

    /** A device's wake-ups, the newest first. */
    List<WakeUpView> of(DeviceAddress device, NewestFirst<UUID> behind, int limit) {
        return jdbc.sql("""
                        SELECT * FROM wake_up WHERE tenant = :tenant AND device = :device
                          AND (created_at < :before OR (created_at = :before AND id < :id))
                        ORDER BY created_at DESC, id DESC LIMIT :limit""")
                .param("tenant", device.tenant().value())
                .param("device", device.device().value())
                .param("before", Timestamp.from(behind.createdAt()))
                .param("id", behind.id())
                .param("limit", limit)
                .query((row, _) -> view(row))
                .list();
    }

    int forgetFinishedBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM wake_up WHERE id = ANY (ARRAY
                            (SELECT id FROM wake_up WHERE finished_at < ? LIMIT ?))""").params(Timestamp.from(time), limit).update();
    }

    /** Forgets deployments that ended before a time. */
    int forgetDeploymentsEndedBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM awaited_deployment WHERE deployment = ANY (ARRAY
                            (SELECT deployment FROM awaited_deployment WHERE ended_at < ? LIMIT ?))""").params(Timestamp.from(time), limit).update();
    }

    private static WakeUpView view(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        Timestamp finished = row.getTimestamp("finished_at");
        return new WakeUpView(
                row.getObject("id", UUID.class),
                row.getString("channel"),
                Reason.valueOf(row.getString("reason")),
                WakeUpState.valueOf(row.getString("state")),
                Columns.instants(row, "sent_at"),
                row.getString("last_error"),
                row.getTimestamp("created_at").toInstant(),
                due == null ? null : due.toInstant(),
                finished == null ? null : finished.toInstant());
    }

    /**
     * A wake-up as callers see it.
     *
     * @param sentAt when the channel took a message
     * @param error why it has not taken the next one, or why the device cannot be woken
     * @param nextAt when the next is due, at about
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WakeUpView(
            UUID id,
            String channel,
            Reason reason,
            WakeUpState state,
            List<Instant> sentAt,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable Instant finishedAt) {}
}
