package io.warren.provisioning.manifest;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an import.
 *
 * @param line the line on which it begins, from 1
 * @param element the element that it is about; absent if it cannot be told
 * @param entry what it says; absent if it is refused
 * @param refusal why it is refused, if it is
 * @param bytes about how much of the import it is
 */
record Row(
        long line,
        @Nullable String element,
        @Nullable Entry entry,
        @Nullable ProblemException refusal,
        int bytes) {

    /** The most bytes of a row. */
    static final int MOST_BYTES = 16 * 1024;

    static Row of(long line, Entry entry, int bytes) {
        return new Row(line, entry.element(), entry, null, bytes);
    }

    static Row refused(long line, @Nullable String element, ProblemException refusal) {
        return new Row(line, element, null, refusal, 0);
    }

    /** A row that cannot be read. */
    static Row malformed(long line, String detail) {
        return refused(line, null, new ProblemException(ProblemKind.MALFORMED, detail));
    }

    /** A row that is not as it is allowed to be. */
    static Row invalid(long line, @Nullable String element, List<Violation> violations) {
        return refused(
                line,
                element,
                new ProblemException(
                        ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations));
    }

    static Row tooLong(long line) {
        return refused(
                line, null, new ProblemException(ProblemKind.INVALID, "A row has at most " + MOST_BYTES + " bytes."));
    }
}
