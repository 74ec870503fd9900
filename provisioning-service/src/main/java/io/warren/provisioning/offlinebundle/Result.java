package io.warren.provisioning.offlinebundle;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.transfer.Outcome;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of one thing in a bundle.
 *
 * @param reason why it was refused, for people; absent if it was not
 */
public record Result(Outcome outcome, @Nullable String reason) {

    /** It was taken in, or there was nothing to do. */
    public static Result of(Outcome outcome) {
        return new Result(outcome, null);
    }

    /** It was not taken in. */
    public static Result refused(String reason) {
        return new Result(Outcome.REFUSED, reason);
    }

    /** It is not allowed to be as it is. */
    public static Result refused(ProblemException problem) {
        return refused(problem.violations().stream()
                .map(each -> " " + each.pointer() + ": " + each.detail() + ".")
                .collect(Collectors.joining("", String.valueOf(problem.getMessage()), "")));
    }

    /** What it comes to; what is not allowed to be as it is, is refused. */
    public static Result of(Supplier<Result> attempt) {
        try {
            return attempt.get();
        } catch (ProblemException e) {
            if (e.kind().equals(ProblemKind.INVALID)) {
                return refused(e);
            }
            throw e;
        }
    }
}
