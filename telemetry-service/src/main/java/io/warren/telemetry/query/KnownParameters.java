package io.warren.telemetry.query;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.Set;
import org.springframework.util.MultiValueMap;

/** Refuses questions with parameters that would otherwise be ignored, and answers with something else than was asked for. */
final class KnownParameters {

    private KnownParameters() {}

    /** Checks the parameters of a request. */
    static void check(MultiValueMap<String, String> given, Set<String> known) {
        List<Violation> violations = given.entrySet().stream()
                .filter(parameter -> !known.contains(parameter.getKey())
                        || parameter.getValue().size() > 1)
                .map(parameter -> new Violation(
                        parameter.getKey(),
                        known.contains(parameter.getKey()) ? "is given more than once" : "is not known here"))
                .toList();
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemKind.INVALID, "Some parameters are not known here.", violations);
        }
    }
}
