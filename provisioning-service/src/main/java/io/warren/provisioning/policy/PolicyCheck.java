package io.warren.provisioning.policy;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import org.springframework.stereotype.Component;

/** Refuses policies that could not be carried out. */
@Component
public class PolicyCheck {

    private final List<PolicyRule> rules;

    PolicyCheck(List<PolicyRule> rules) {
        this.rules = rules;
    }

    /**
     * Checks a policy.
     *
     * @throws ProblemException with each place that is wrong
     */
    public void require(EnrollmentPolicy policy) {
        List<Violation> violations =
                rules.stream().flatMap(rule -> rule.violations(policy).stream()).toList();
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations);
        }
    }
}
