package io.warren.registry.disconnect;

import io.warren.contracts.device.DeviceAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Connections to be closed. Taking one moves it into the future instead of locking it: if its taker dies, it is due again.
 */
@Repository
class Disconnections {

    /** Twice: the first may come while a sign-in that was allowed before is still under way. */
    private static final int TIMES = 2;

    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    Disconnections(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(DeviceAddress address) {
        add(address, TIMES);
    }

    /** Adds one that nobody can undo by a sign-in that is under way. */
    void addOnce(DeviceAddress address) {
        add(address, 1);
    }

    private void add(DeviceAddress address, int times) {
        jdbc.sql("INSERT INTO disconnection (tenant, device, remaining, due_at) VALUES (?, ?, ?, ?)")
                .params(address.tenant().value(), address.device().value(), times, at(clock.instant()))
                .update();
    }

    /** Takes up to {@code limit} that are due. */
    List<Disconnection> take(int limit) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        UPDATE disconnection SET due_at = :until
                        WHERE id IN (SELECT id FROM disconnection WHERE due_at <= :now
                                     ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        RETURNING id, tenant, device""")
                .param("until", at(now.plus(LEASE)))
                .param("now", at(now))
                .param("limit", limit)
                .query((row, _) -> new Disconnection(
                        row.getLong("id"), DeviceAddress.of(row.getString("tenant"), row.getString("device"))))
                .list();
    }

    /** Notes that connections were closed once. */
    void done(Disconnection disconnection) {
        int last = jdbc.sql("DELETE FROM disconnection WHERE id = ? AND remaining <= 1")
                .param(disconnection.id())
                .update();
        if (last == 0) {
            jdbc.sql("UPDATE disconnection SET remaining = remaining - 1, due_at = ? WHERE id = ?")
                    .params(at(clock.instant().plus(BETWEEN)), disconnection.id())
                    .update();
        }
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    record Disconnection(long id, DeviceAddress address) {}
}
