package io.warren.provisioning.bruteforce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Failures, counted for all replicas. A count is a bucket that leaks: it is full at 1, and empties itself in the window. Only failures
 * are written.
 */
@Repository
class FailureCounts {

    /** How long the length of lock-outs goes on growing after the last failure. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 20;

    private final JdbcClient jdbc;
    private final BruteForceProperties properties;

    FailureCounts(JdbcClient jdbc, BruteForceProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Counts a failure of each; answers those of which there are enough for a lock-out. */
    List<Failure> add(List<Failure> failures, Instant now) {
        List<Failure> inOrder = failures.stream()
                .sorted(Comparator.comparing(
                                (Failure failure) -> failure.suspect().kind())
                        .thenComparing(failure -> failure.suspect().name()))
                .toList(); // or two that lock the same rows could wait for each other
        List<Failure> enough = new ArrayList<>();
        for (Failure failure : inOrder) {
            if (add(failure, now) > 1 - failure.share() / 2) {
                enough.add(failure);
            }
        }
        return enough;
    }

    private double add(Failure failure, Instant now) {
        return jdbc.sql("""
                        INSERT INTO bootstrap_failure AS counted (kind, name, level, at, locks)
                        VALUES (:kind, :name, :share, :now, 0)
                        ON CONFLICT (kind, name) DO UPDATE SET
                            level = excluded.level + greatest(0, counted.level
                                - greatest(0, extract(epoch FROM excluded.at - counted.at)) / :window),
                            at = greatest(counted.at, excluded.at)
                        RETURNING level""")
                .param("kind", failure.suspect().kind().name())
                .param("name", failure.suspect().name())
                .param("share", failure.share())
                .param("now", Timestamp.from(now))
                .param("window", properties.window().toMillis() / 1_000.0)
                .query(Double.class)
                .single();
    }

    /** Begins a lock-out, twice as long as the one before; empty if another replica just has, or one lasts. Counting begins anew. */
    Optional<Lock> lock(Failure failure, Instant now) {
        return jdbc.sql("""
                        UPDATE bootstrap_failure SET level = 0, locks = locks + 1,
                            locked_until = :now::timestamptz + interval '1 millisecond'
                                * least(:longest::float8, :first::float8 * 2 ^ least(locks, :doublings))
                        WHERE kind = :kind AND name = :name AND level > :enough
                          AND (locked_until IS NULL OR locked_until <= :now)
                        RETURNING kind, name, locked_until""")
                .param("now", Timestamp.from(now))
                .param("longest", properties.longestLock().toMillis())
                .param("first", properties.lock().toMillis())
                .param("doublings", MOST_DOUBLINGS)
                .param("kind", failure.suspect().kind().name())
                .param("name", failure.suspect().name())
                .param("enough", 1 - failure.share() / 2)
                .query((row, _) -> lock(row))
                .optional();
    }

    /** The lock-outs that last, of those that began after a point in time. */
    List<Lock> lasting(Instant since, Instant now) {
        return jdbc.sql("""
                        SELECT kind, name, locked_until FROM bootstrap_failure
                        WHERE locked_until > :now AND at >= :since ORDER BY at DESC LIMIT :most""")
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(since))
                .param("most", properties.mostCounted())
                .query((row, _) -> lock(row))
                .list();
    }

    /** Whether nobody has told of an attack on a tenant for so long; from now on somebody has. */
    boolean mayTell(String tenant, Duration pause, Instant now) {
        return jdbc.sql("""
                        INSERT INTO bootstrap_failure AS told (kind, name, level, at, locks)
                        VALUES ('REPORT', :tenant, 0, :now, 0)
                        ON CONFLICT (kind, name) DO UPDATE SET at = excluded.at WHERE told.at <= :before""")
                        .param("tenant", tenant)
                        .param("now", Timestamp.from(now))
                        .param("before", Timestamp.from(now.minus(pause)))
                        .update()
                == 1;
    }

    /** Forgets what was long ago, and the oldest of what is too much. */
    void prune(Instant now) {
        jdbc.sql("DELETE FROM bootstrap_failure WHERE at < ? AND (locked_until IS NULL OR locked_until <= ?)")
                .params(Timestamp.from(now.minus(REMEMBERED)), Timestamp.from(now))
                .update();
        jdbc.sql("""
                        DELETE FROM bootstrap_failure WHERE (kind, name) IN
                            (SELECT kind, name FROM bootstrap_failure ORDER BY at DESC OFFSET ?)""").param(properties.mostCounted()).update();
    }

    private static Lock lock(ResultSet row) throws SQLException {
        return new Lock(
                new Suspect(Suspect.Kind.valueOf(row.getString("kind")), row.getString("name")),
                row.getTimestamp("locked_until").toInstant());
    }

    /**
     * A failure.
     *
     * @param suspect whom it is counted of
     * @param limit how many of them are enough
     */
    record Failure(Suspect suspect, int limit) {

        /** What part of what is enough it is. */
        double share() {
            return 1.0 / limit;
        }
    }

    /**
     * A lock-out.
     *
     * @param suspect of whom
     * @param until until when
     */
    record Lock(Suspect suspect, Instant until) {}
}
