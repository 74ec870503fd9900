package io.warren.telemetry.ingest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What kind of failure it is that the database reports, by the classes of SQLSTATE. */
enum Failure {
    /** Something in the batch cannot be stored, now or later. */
    DATA,
    /** A partition is missing. */
    PARTITION,
    /** Anything else: the database is away, full, busy or broken. The batch waits. */
    DATABASE;

    static Failure of(Throwable thrown) {
        String state = state(thrown);
        if (state == null) {
            return DATABASE;
        }
        if (state.equals("23514")) {
            return PARTITION;
        }
        // data exceptions, violated constraints, limits of the program such as the size of an index entry
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54") ? DATA : DATABASE;
    }

    private static @Nullable String state(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
