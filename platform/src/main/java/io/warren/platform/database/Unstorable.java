package io.warren.platform.database;

import java.sql.SQLException;
import java.util.Optional;

/** Values that are allowed in JSON and that the database cannot take in all the same (SQLSTATE class 22). */
public final class Unstorable {

    private static final String CLASS = "22";

    private Unstorable() {}

    /** What is wrong with the value, in words for whoever sent it; empty if something else is the cause of the failure. */
    public static Optional<String> reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException raw
                    && raw.getSQLState() != null
                    && raw.getSQLState().startsWith(CLASS)) {
                return Optional.of(reason(raw.getSQLState()));
            }
        }
        return Optional.empty();
    }

    private static String reason(String state) {
        return switch (state) {
            case "22021", "22P05" -> "A text has a character in it that cannot be kept, such as U+0000.";
            default -> "A value has a form or a size that cannot be kept.";
        };
    }
}
