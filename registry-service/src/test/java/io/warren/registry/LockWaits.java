package io.warren.registry;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sees who waits for whom in the database of the tests. */
@TestComponent
public final class LockWaits {

    private final JdbcClient jdbc;

    LockWaits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether somebody waits for a lock. May be asked in the transaction that holds it. */
    public boolean isSomebodyWaiting() {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity
                                       WHERE datname = current_database() AND wait_event_type = 'Lock')""").query(Boolean.class).single();
    }
}
