package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Devices that are at the broker with a token, and until when that is good. A device has one connection at a time. */
@Repository
public class TokenSessions {

    private final Logins logins;
    private final JdbcClient jdbc;
    private final Clock clock;

    TokenSessions(Logins logins, JdbcClient jdbc, Clock clock) {
        this.logins = logins;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes with what a device enters the broker, in place of what it showed before. For a secret that costs nothing, unless the
     * device had a token until now.
     */
    public void note(Verdict.Accepted accepted) {
        boolean hadToken = logins.of(accepted.device()).withToken();
        if (accepted.until() != null) {
            open(accepted.device(), accepted.until());
        } else if (hadToken) {
            close(accepted.device());
        }
        if (hadToken != (accepted.until() != null)) {
            logins.forget(accepted.device());
        }
    }

    private void open(DeviceAddress device, Instant until) {
        jdbc.sql("""
                        INSERT INTO token_session (tenant, device, opened_at, expires_at)
                        SELECT tenant, id, ?, ? FROM device WHERE tenant = ? AND id = ?
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET opened_at = excluded.opened_at, expires_at = excluded.expires_at""")
                .params(
                        Timestamp.from(clock.instant()),
                        Timestamp.from(until),
                        device.tenant().value(),
                        device.device().value())
                .update();
    }

    private void close(DeviceAddress device) {
        jdbc.sql("DELETE FROM token_session WHERE tenant = ? AND device = ?")
                .params(device.tenant().value(), device.device().value())
                .update();
    }

    /**
     * Takes up to {@code limit} sessions out whose tokens have ended. One that the device has left since is not told of: it has
     * connected again, with its secret, at a replica that did not know of the session.
     */
    Ended takeEnded(int limit) {
        List<Session> sessions = jdbc.sql("""
                        DELETE FROM token_session WHERE (tenant, device) IN (
                            SELECT tenant, device FROM token_session WHERE expires_at <= ?
                            ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING tenant, device, EXISTS (
                            SELECT FROM presence p WHERE p.tenant = token_session.tenant AND p.device = token_session.device
                               AND p.connected_at > token_session.opened_at + interval '30 s') AS has_left""")
                .params(Timestamp.from(clock.instant()), limit)
                .query((row, _) -> new Session(
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")), row.getBoolean("has_left")))
                .list();
        return new Ended(
                sessions.size(),
                sessions.stream()
                        .filter(session -> !session.hasLeft())
                        .map(Session::device)
                        .toList());
    }

    private record Session(DeviceAddress device, boolean hasLeft) {}

    /**
     * Sessions whose tokens have ended.
     *
     * @param sessions how many
     * @param devices those that are still in the session
     */
    record Ended(int sessions, List<DeviceAddress> devices) {}
}
