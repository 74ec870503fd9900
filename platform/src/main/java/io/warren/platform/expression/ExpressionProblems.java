package io.warren.platform.expression;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What is said of expressions that cannot be used. */
final class ExpressionProblems {

    private static final ProblemKind INVALID =
            new ProblemKind("invalid-expression", HttpStatus.UNPROCESSABLE_CONTENT, "Invalid expression");

    private ExpressionProblems() {}

    static ProblemException invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        Violation.Position position = first.position();
        String place = position == null ? "" : "Line " + position.line() + ", column " + position.column() + ": ";
        return new ProblemException(INVALID, place + first.detail() + ".", violations);
    }

    static ProblemException invalid(
            String pointer, String detail, Violation.@Nullable Position position, @Nullable String hint) {
        return invalid(List.of(new Violation(pointer, detail, position, hint)));
    }
}
