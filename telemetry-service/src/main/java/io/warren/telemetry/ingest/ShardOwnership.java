package io.warren.telemetry.ingest;

import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who reads a shard, by the database's word. The broker gives a shard to one reader at a time, but a reader that it has given up
 * may be in the middle of a transaction: without this, both could store what was delivered to both.
 */
@Component
class ShardOwnership {

    private final JdbcTemplate jdbc;

    ShardOwnership(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes shards over, in the caller's transaction; waits for one of the owner before that is under way. */
    void claim(UUID session, Collection<String> queues) {
        queues.stream().sorted().forEach(queue -> jdbc.update("""
                        INSERT INTO shard (queue, session) VALUES (?, ?)
                        ON CONFLICT (queue) DO UPDATE SET session = excluded.session""", queue, session));
    }

    /**
     * Makes sure that shards are still this session's until the caller's transaction ends.
     *
     * @throws ShardLost if another session has taken one over
     */
    void confirm(UUID session, Collection<String> queues) throws ShardLost {
        int held = jdbc.queryForList(
                        "SELECT queue FROM shard WHERE session = ? AND queue = ANY (?) ORDER BY queue FOR SHARE",
                        String.class,
                        session,
                        queues.toArray(String[]::new))
                .size();
        if (held < queues.size()) {
            throw new ShardLost("another session has taken over a shard");
        }
    }

    /** Another session reads a shard that this one read, or is about to; what it has not stored is the other's to store. */
    static final class ShardLost extends Exception {
        private static final long serialVersionUID = 1L;

        ShardLost(String how) {
            super(how);
        }
    }
}
