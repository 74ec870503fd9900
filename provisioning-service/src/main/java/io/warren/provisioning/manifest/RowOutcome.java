package io.warren.provisioning.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param line the line on which the row begins, from 1
 * @param element the element; absent if the row does not tell
 * @param outcome what became of it
 * @param problem why it was refused, if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowOutcome(
        long line,
        @Nullable String element,
        Outcome outcome,
        @Nullable Problem problem) {

    private static final int MOST_ERRORS = 10;

    /** A problem as a whole answer would tell of it, without what is said of a request. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Problem(String type, String title, int status, String detail, List<Violation> errors) {

        static Problem of(ProblemException problem) {
            return new Problem(
                    problem.kind().urn(),
                    problem.kind().title(),
                    problem.kind().status().value(),
                    String.valueOf(problem.getMessage()),
                    problem.violations().stream().limit(MOST_ERRORS).toList());
        }
    }

    static RowOutcome of(Row row, Outcome outcome) {
        return new RowOutcome(row.line(), row.element(), outcome, null);
    }

    static RowOutcome refused(Row row, ProblemException refusal) {
        return new RowOutcome(row.line(), row.element(), Outcome.REFUSED, Problem.of(refusal));
    }
}
