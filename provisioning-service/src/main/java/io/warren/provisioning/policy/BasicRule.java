package io.warren.provisioning.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.template.Template;
import io.warren.provisioning.template.TemplateProblem;
import io.warren.provisioning.template.TemplatedTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What every policy must keep to: templates and patterns that can be read, an end behind the beginning, a state of a size that is kept. */
@Component
class BasicRule implements PolicyRule {

    private static final int MOST_STATE = 32 * 1024;
    private static final int LONGEST_PATTERN = 200;

    @Override
    public List<Violation> violations(EnrollmentPolicy policy) {
        List<Violation> found = new ArrayList<>(TemplatedTree.violations(policy.tags(), "/tags"));
        JsonNode state = policy.state();
        if (state != null) {
            checkState(state, found);
        }
        Naming naming = policy.naming();
        if (naming != null) {
            checkNaming(naming, found);
        }
        Instant from = policy.validFrom();
        Instant until = policy.validUntil();
        if (from != null && until != null && !from.isBefore(until)) {
            found.add(new Violation("/validFrom", "before the end"));
        }
        return found;
    }

    private static void checkState(JsonNode state, List<Violation> found) {
        if (!state.isObject()) {
            found.add(new Violation("/state", "an object"));
        } else if (state.toString().length() > MOST_STATE) {
            found.add(new Violation("/state", "at most " + MOST_STATE + " characters of JSON"));
        } else {
            found.addAll(TemplatedTree.violations(state, "/state"));
        }
    }

    private static void checkNaming(Naming naming, List<Violation> found) {
        if (naming.template() != null) {
            try {
                Template.parse(naming.template());
            } catch (TemplateProblem e) {
                found.add(new Violation("/naming/template", String.valueOf(e.getMessage())));
            }
        }
        String pattern = naming.pattern();
        if (pattern == null) {
            return;
        }
        if (pattern.length() > LONGEST_PATTERN) {
            found.add(new Violation("/naming/pattern", "at most " + LONGEST_PATTERN + " characters"));
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            found.add(new Violation(
                    "/naming/pattern",
                    "not a pattern in the syntax of RE2, which has no look-around and no back references: "
                            + e.getDescription()));
        }
    }
}
