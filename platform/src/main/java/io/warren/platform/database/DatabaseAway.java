package io.warren.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells failures that pass, because the database is away, overloaded or too slow, from those that stay. */
public final class DatabaseAway {

    /** Classes of SQLSTATE: connection failure, too few resources, and an operator who stops the server or a session. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private DatabaseAway() {}

    /** Whether the same may succeed later, to judge by this failure and its causes. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof NonTransientDataAccessResourceException
                    || cause instanceof SQLTransientConnectionException
                    // not every failure of a session is translated: Hibernate passes some on as they are
                    || (cause instanceof SQLException raw && isAway(raw.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(@Nullable String state) {
        return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
    }
}
