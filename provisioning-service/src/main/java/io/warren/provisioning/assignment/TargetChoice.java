package io.warren.provisioning.assignment;

import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.policy.Assignment;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Which target a device belongs to where no hook is to say so. */
@Component
class TargetChoice {

    private final AssignmentExpressions expressions;
    private final RandomGenerator random = RandomGenerator.getDefault();

    TargetChoice(AssignmentExpressions expressions) {
        this.expressions = expressions;
    }

    String of(Candidate candidate, Assignment assignment) {
        return switch (assignment.by()) {
            case WEIGHT -> Draw.byChance(weights(assignment), random);
            case HASH -> Draw.byHash(weights(assignment), candidate.address().toString());
            case EXPRESSION -> byExpression(candidate, assignment);
            case WEBHOOK -> throw new IllegalArgumentException("A hook chooses");
        };
    }

    private String byExpression(Candidate candidate, Assignment assignment) {
        ObjectNode facts = candidate.attested().facts().tree();
        return assignment.rulesInOrder().stream()
                .filter(rule -> expressions.isTrue(rule.when(), facts))
                .map(Assignment.Rule::target)
                .findFirst()
                .orElse(Assignment.HERE);
    }

    /** As they were given; where there are none, all are alike. */
    private static Map<String, Integer> weights(Assignment assignment) {
        Map<String, Integer> given = assignment.weights();
        if (given != null && !given.isEmpty()) {
            return given;
        }
        Map<String, Integer> alike = new HashMap<>();
        assignment.targets().keySet().forEach(target -> alike.put(target, 1));
        alike.put(Assignment.HERE, 1);
        return alike;
    }
}
