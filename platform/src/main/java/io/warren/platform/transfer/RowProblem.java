package io.warren.platform.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import java.util.List;

/** A problem as a whole answer would tell of it, without what is said of a request. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RowProblem(String type, String title, int status, String detail, List<Violation> errors) {

    private static final int MOST_ERRORS = 10;

    /** What is said of a row that was refused. */
    public static RowProblem of(ProblemException problem) {
        return new RowProblem(
                problem.kind().urn(),
                problem.kind().title(),
                problem.kind().status().value(),
                String.valueOf(problem.getMessage()),
                problem.violations().stream().limit(MOST_ERRORS).toList());
    }
}
