package io.warren.provisioning.assignment;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.policy.Assignment;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Sends devices to other installations. Whoever was let in, or sent, stays where he is as long as there is such a target. */
@Component
@Order(AdmissionStep.ASSIGNMENT)
class AssignmentStep implements AdmissionStep {

    private final TargetChoice choice;
    private final HookChoice hookChoice;
    private final MeterRegistry meters;

    AssignmentStep(TargetChoice choice, HookChoice hookChoice, MeterRegistry meters) {
        this.choice = choice;
        this.hookChoice = hookChoice;
        this.meters = meters;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        Assignment assignment = candidate.policy().assignment();
        if (assignment == null || candidate.admitted()) {
            return Ruling.pass(candidate);
        }
        Platform before = candidate.assigned();
        if (before != null && assignment.targets().containsKey(before.name())) {
            return to(before.name(), candidate, assignment);
        }
        if (assignment.by() == Assignment.By.WEBHOOK) {
            return hookChoice.rule(candidate, assignment, target -> firstTo(target, candidate, assignment));
        }
        return firstTo(choice.of(candidate, assignment), candidate, assignment);
    }

    private Ruling firstTo(String target, Candidate candidate, Assignment assignment) {
        meters.counter(
                        "warren.bootstrap.assignments",
                        "to",
                        target.equals(Assignment.HERE) ? Assignment.HERE : "elsewhere")
                .increment();
        return to(target, candidate, assignment);
    }

    private static Ruling to(String target, Candidate candidate, Assignment assignment) {
        if (target.equals(Assignment.HERE)) {
            return Ruling.pass(candidate);
        }
        Assignment.Target there = Objects.requireNonNull(assignment.targets().get(target));
        return new Ruling.Send(new Platform(target, there.url()));
    }
}
