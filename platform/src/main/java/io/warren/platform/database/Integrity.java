package io.warren.platform.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** Tells conflicts with other rows from values that the database does not take at all: both arrive as one exception. */
public final class Integrity {

    private static final String UNIQUE = "23505";
    private static final String FOREIGN_KEY = "23503";

    private Integrity() {}

    /** Whether another row has the same key. */
    public static boolean isDuplicate(DataIntegrityViolationException violation) {
        return UNIQUE.equals(stateOf(violation));
    }

    /** Whether a row that is referred to is not there, or one that is to go is referred to. */
    public static boolean isReference(DataIntegrityViolationException violation) {
        return FOREIGN_KEY.equals(stateOf(violation));
    }

    private static @Nullable String stateOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                return refusal.getSQLState();
            }
        }
        return null;
    }
}
