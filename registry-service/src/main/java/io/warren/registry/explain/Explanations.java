package io.warren.registry.explain;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.RegistryProblems;
import io.warren.registry.explain.ExplainedKind.Explained;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Answers why something does or does not apply to a device, from one moment's view of everything. */
@Service
class Explanations {

    private static final ProblemKind UNEXPLAINED =
            new ProblemKind("not-explained", HttpStatus.UNPROCESSABLE_CONTENT, "Not explained here");

    private final DeviceSearch search;
    private final Map<String, ExplainedKind> kinds;

    Explanations(DeviceSearch search, List<ExplainedKind> kinds) {
        this.search = search;
        this.kinds = new TreeMap<>(kinds.stream().collect(toMap(ExplainedKind::kind, kind -> kind)));
    }

    /**
     * Explains an expression, or something that has one.
     *
     * @param about its kind and id with a colon between them
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Explanation explain(DeviceAddress device, @Nullable String expression, @Nullable String about) {
        if ((expression == null) == (about == null)) {
            throw invalid("one of expression and for is needed, and not both");
        }
        Facts facts = search.facts(device.tenant(), List.of(device.device())).get(device.device());
        if (facts == null) {
            throw RegistryProblems.deviceNotFound(device);
        }
        if (expression != null) {
            return explanation(null, search.language().compile(expression, "expression"), facts, List.of());
        }
        String[] named = about.split(":", 2);
        ExplainedKind kind = kinds.get(named[0]);
        if (kind == null || named.length < 2) {
            throw new ProblemException(
                    UNEXPLAINED,
                    "Nothing of the kind " + named[0] + " is explained here.",
                    List.of(new Violation(
                            "for", "there are " + String.join(", ", kinds.keySet()) + ", with : and an id")));
        }
        Explained explained = kind.explain(device, named[1], facts);
        return explanation(about, explained.target(), facts, explained.blockers());
    }

    private static Explanation explanation(
            @Nullable String about, Expression expression, Facts facts, List<Blocker> blockers) {
        return new Explanation(
                about, expression.source(), expression.test(facts), expression.explain(facts), blockers, facts.now());
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(
                ProblemKind.INVALID, "There is nothing to explain.", List.of(new Violation("expression", detail)));
    }
}
