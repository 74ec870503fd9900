package io.warren.registry.background;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What only one replica should do at a time. */
@Repository
public class Leases {

    private final JdbcClient jdbc;
    private final Clock clock;

    Leases(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes a lease, unless somebody has it; nobody else gets it until {@code duration} is over. */
    public boolean take(String name, Duration duration) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        INSERT INTO lease (name, expires_at) VALUES (?, ?)
                        ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at
                        WHERE lease.expires_at <= ?""")
                        .params(name, Timestamp.from(now.plus(duration)), Timestamp.from(now))
                        .update()
                == 1;
    }
}
