package io.warren.provisioning.assignment;

import io.warren.provisioning.inquiry.Reply;
import io.warren.provisioning.inquiry.Subject;
import io.warren.provisioning.inquiry.UnusableAnswer;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Which of the targets that were named in the question a device belongs to. */
@Component
class AssignmentSubject implements Subject {

    static final String TARGETS = "targets";
    private static final String TARGET = "target";
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "assignment";
    }

    @Override
    public Reply read(JsonNode answer, JsonNode question) throws UnusableAnswer {
        if (answer.path("decision").asString("").equals("wait")) {
            return new Reply.Later(USUAL_PAUSE);
        }
        String target = answer.path(TARGET).asString("");
        if (question.path(TARGETS)
                .valueStream()
                .noneMatch(each -> each.asString().equals(target))) {
            throw new UnusableAnswer("its target is none of those in the question");
        }
        return new Reply.Settled(answer.path(TARGET));
    }
}
