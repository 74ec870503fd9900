package io.warren.registry.deviceexport;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;

/** What an export is written in. */
enum ExportFormat {
    /** Lines of JSON. */
    NDJSON,
    /** RFC 4180, in UTF-8. */
    CSV;

    /**
     * The format that a caller asked for.
     *
     * @throws ProblemException if it is none
     */
    static ExportFormat of(String word) {
        return switch (word) {
            case "ndjson" -> NDJSON;
            case "csv" -> CSV;
            default ->
                throw new ProblemException(
                        ProblemKind.INVALID,
                        "There is no such format.",
                        List.of(new Violation("format", "ndjson or csv")));
        };
    }
}
