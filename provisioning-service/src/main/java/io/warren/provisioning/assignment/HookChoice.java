package io.warren.provisioning.assignment;

import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.inquiry.Inquiries;
import io.warren.provisioning.inquiry.Questions;
import io.warren.provisioning.inquiry.Standing;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.Webhook;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which target a device belongs to where a hook says so. As long as it does not, the device waits: it is sent nowhere by mistake. */
@Component
class HookChoice {

    private final Inquiries inquiries;
    private final AssignmentSubject subject;
    private final Questions questions;

    HookChoice(Inquiries inquiries, AssignmentSubject subject, Questions questions) {
        this.inquiries = inquiries;
        this.subject = subject;
        this.questions = questions;
    }

    /**
     * Rules on a device.
     *
     * @param chosen what follows from a target
     */
    Ruling rule(Candidate candidate, Assignment assignment, Function<String, Ruling> chosen) {
        Webhook webhook = Objects.requireNonNull(assignment.webhook());
        return switch (inquiries.ask(candidate, subject, webhook, question(candidate, assignment))) {
            case Standing.Unasked _ -> Ruling.pass(candidate);
            case Standing.Open _ -> new Ruling.Wait(Ruling.Reason.HOOK);
            case Standing.Refused refused -> Ruling.refuse(candidate, refused.reason());
            // one of the targets that there are: where they are others, the question is another
            case Standing.Settled settled -> chosen.apply(settled.answer().asString());
        };
    }

    private JsonNode question(Candidate candidate, Assignment assignment) {
        ObjectNode question = questions.about(candidate, subject);
        ArrayNode targets = question.putArray(AssignmentSubject.TARGETS);
        targets.add(Assignment.HERE);
        new TreeSet<>(assignment.targets().keySet()).forEach(targets::add);
        return question;
    }
}
