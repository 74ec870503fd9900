package io.warren.registry.deviceimport;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;

/** What becomes of devices that exist. */
enum ImportMode {
    /** They get the descriptions of their rows. */
    UPSERT,
    /** Their rows are refused. */
    CREATE_ONLY;

    /**
     * The mode that a caller asked for.
     *
     * @throws ProblemException if it is none
     */
    static ImportMode of(String word) {
        return switch (word) {
            case "upsert" -> UPSERT;
            case "create-only" -> CREATE_ONLY;
            default ->
                throw new ProblemException(
                        ProblemKind.INVALID,
                        "There is no such mode.",
                        List.of(new Violation("mode", "upsert or create-only")));
        };
    }
}
