package io.warren.platform.web;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list, opaque to clients: the sort values of the last item they saw. It grants nothing (every query is bound to the
 * caller's tenant anyway), so it is not signed.
 *
 * @param values the sort values, none with a line break in it
 */
public record Cursor(List<String> values) {

    /** How many items a page has when the caller does not say. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many items a page has at most. */
    public static final int MAX_LIMIT = 500;

    /** A cursor behind an item with these sort values. */
    public static Cursor after(Object... values) {
        return new Cursor(List.of(values).stream().map(String::valueOf).toList());
    }

    /** The text that clients hand back. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", values).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what a client handed back.
     *
     * @param text the value of {@code ?cursor=}, if there was one
     * @param size how many sort values this list has
     * @return the cursor, or null at the beginning of the list
     * @throws ProblemException if the text is not a cursor of such a list
     */
    public static @Nullable Cursor decode(@Nullable String text, int size) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> values = List.of(decoded.split("\n", -1));
            if (values.size() == size) {
                return new Cursor(values);
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words
        }
        throw malformed();
    }

    /**
     * Reads what a client handed back of a list that is in the order of a number.
     *
     * @param text the value of {@code ?cursor=}, if there was one
     * @param beginning the number at the beginning of the list
     * @throws ProblemException if the text is not a cursor of such a list
     */
    public static long number(@Nullable String text, long beginning) {
        Cursor cursor = decode(text, 1);
        try {
            return cursor == null ? beginning : Long.parseLong(cursor.values().getFirst());
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /** The problem of a cursor whose values turn out not to be what this list sorts by. */
    public static ProblemException malformed() {
        return new ProblemException(
                ProblemKind.INVALID,
                "The cursor is not one that this list gave out.",
                List.of(new Violation("cursor", "take it unchanged from `next` of the page before")));
    }

    /**
     * The limit that a caller asked for.
     *
     * @throws ProblemException if it is not between 1 and {@value #MAX_LIMIT}
     */
    public static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        if (asked < 1 || asked > MAX_LIMIT) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A page has between 1 and " + MAX_LIMIT + " items.",
                    List.of(new Violation("limit", "between 1 and " + MAX_LIMIT)));
        }
        return asked;
    }
}
