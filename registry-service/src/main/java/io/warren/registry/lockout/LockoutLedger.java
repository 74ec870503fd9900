package io.warren.registry.lockout;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.LockoutEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.lockout.Lockout.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The lock-outs that last, for replicas that start later and for whoever wants to know. */
@Service
class LockoutLedger {

    /** Which device none stands for: no user name is empty. */
    private static final String ANY = "";

    private final JdbcClient jdbc;
    private final Outbox outbox;

    LockoutLedger(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** Writes a lock-out down and tells of it, unless another replica has. */
    @Transactional
    void enter(Lockout lockout, Instant now) {
        jdbc.sql("DELETE FROM lockout WHERE until <= ?")
                .param(Timestamp.from(now))
                .update();
        DeviceAddress device = lockout.subject().device();
        int entered = jdbc.sql("INSERT INTO lockout (address, username, failures, until) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")
                .params(
                        lockout.subject().address().text(),
                        device == null ? ANY : device.toString(),
                        lockout.failures(),
                        Timestamp.from(lockout.until()))
                .update();
        if (entered == 1) {
            outbox.append(RegistryEvents.EXCHANGE, LockoutEvent.TYPE, lockout.event(now));
        }
    }

    /** The latest of those that last. */
    @Transactional(readOnly = true)
    List<Lockout> lasting(Instant now, int limit) {
        return jdbc.sql(
                        "SELECT address, username, failures, until FROM lockout WHERE until > ? ORDER BY until DESC LIMIT ?")
                .params(Timestamp.from(now), limit)
                .query((row, _) -> new Lockout(
                        new Subject(
                                new PeerAddress(row.getString("address")),
                                DeviceAddress.parse(row.getString("username")).orElse(null)),
                        row.getInt("failures"),
                        row.getTimestamp("until").toInstant()))
                .list();
    }
}
