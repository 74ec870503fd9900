package io.warren.platform.transfer;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an import.
 *
 * @param line the line on which it begins, from 1
 * @param key what it is about; absent if it cannot be told
 * @param value what it says of that; absent if it is refused
 * @param refusal why it is refused, if it is
 * @param bytes about how much of the import it is
 */
public record Row<K, V>(
        long line,
        @Nullable K key,
        @Nullable V value,
        @Nullable ProblemException refusal,
        int bytes) {

    /** A row that says something. */
    public static <K, V> Row<K, V> of(long line, K key, V value, int bytes) {
        return new Row<>(line, key, value, null, bytes);
    }

    /** A row that cannot be read. */
    public static <K, V> Row<K, V> malformed(long line, String detail) {
        return new Row<>(line, null, null, new ProblemException(ProblemKind.MALFORMED, detail), 0);
    }

    /** A row that is not as it is allowed to be. */
    public static <K, V> Row<K, V> invalid(long line, @Nullable K key, List<Violation> violations) {
        return new Row<>(
                line,
                key,
                null,
                new ProblemException(ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations),
                0);
    }

    /** A row of which not all was read. */
    static <K, V> Row<K, V> tooLong(long line, int mostBytes) {
        return new Row<>(
                line,
                null,
                null,
                new ProblemException(ProblemKind.INVALID, "A row has at most " + mostBytes + " bytes."),
                0);
    }
}
