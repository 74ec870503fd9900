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
                        INSERT INTO token_session (tenant, device, expires_at)
                        SELECT tenant, id, ? FROM device WHERE tenant = ? AND id = ?
                        ON CONFLICT (tenant, device) DO UPDATE SET expires_at = excluded.expires_at""")
                .params(
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

    /** Takes up to {@code limit} devices out whose tokens have ended. */
    List<DeviceAddress> takeEnded(int limit) {
        return jdbc.sql("""
                        DELETE FROM token_session WHERE (tenant, device) IN (
                            SELECT tenant, device FROM token_session WHERE expires_at <= ?
                            ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING tenant, device""")
                .params(Timestamp.from(clock.instant()), limit)
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("device")))
                .list();
    }
}
