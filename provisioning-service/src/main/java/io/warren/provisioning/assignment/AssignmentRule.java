package io.warren.provisioning.assignment;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What must hold of an assignment: what goes with the way in which is chosen, among the targets that there are and no others. */
@Component
class AssignmentRule implements PolicyRule {

    private final AssignmentExpressions expressions;

    AssignmentRule(AssignmentExpressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public List<Violation> violations(EnrollmentPolicy policy) {
        Assignment assignment = policy.assignment();
        List<Violation> found = new ArrayList<>();
        if (assignment != null) {
            checkWay(assignment, found);
            checkWeights(assignment, found);
            checkRules(assignment, found);
        }
        return found;
    }

    private static void checkWay(Assignment assignment, List<Violation> found) {
        boolean weighed = assignment.by() == Assignment.By.WEIGHT || assignment.by() == Assignment.By.HASH;
        if (assignment.weights() != null && !weighed) {
            found.add(new Violation("/assignment/weights", "goes with weight and hash, and with no other"));
        }
        if ((assignment.rules() != null) != (assignment.by() == Assignment.By.EXPRESSION)) {
            found.add(new Violation("/assignment/rules", "goes with expression, and with no other"));
        }
        if ((assignment.webhook() != null) != (assignment.by() == Assignment.By.WEBHOOK)) {
            found.add(new Violation("/assignment/webhook", "goes with webhook, and with no other"));
        }
    }

    private static void checkWeights(Assignment assignment, List<Violation> found) {
        Map<String, Integer> weights = assignment.weights();
        if (weights == null) {
            return;
        }
        weights.keySet().stream()
                .filter(name -> !isTarget(name, assignment))
                .forEach(name -> found.add(
                        new Violation("/assignment/weights", "of the targets and here only, and not of " + name)));
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            found.add(new Violation("/assignment/weights", "one of them more than 0"));
        }
    }

    private void checkRules(Assignment assignment, List<Violation> found) {
        List<Assignment.Rule> rules = assignment.rulesInOrder();
        for (int i = 0; i < rules.size(); i++) {
            String pointer = "/assignment/rules/" + i;
            if (!isTarget(rules.get(i).target(), assignment)) {
                found.add(new Violation(pointer + "/target", "one of the targets, or here"));
            }
            try {
                expressions.check(rules.get(i).when(), pointer + "/when");
            } catch (ProblemException e) {
                found.addAll(e.violations());
            }
        }
    }

    private static boolean isTarget(String name, Assignment assignment) {
        return name.equals(Assignment.HERE) || assignment.targets().containsKey(name);
    }
}
