package io.warren.provisioning.inquiry;

import io.warren.provisioning.admission.Candidate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What hooks are told of a device. */
@Component
public class Questions {

    private static final String FACTS = "facts";
    private static final String ADDRESS = "address";

    private final JsonMapper json;

    Questions(JsonMapper json) {
        this.json = json;
    }

    /** A question about a candidate: who it is, what it would get, and the attested facts. */
    public ObjectNode about(Candidate candidate, Subject subject) {
        ObjectNode question = json.createObjectNode()
                .put("tenant", candidate.tenant().value())
                .put("subject", subject.name())
                .put("registration", candidate.registration().toString())
                .put("generation", candidate.generation())
                .put("device", candidate.grant().device().value())
                .put("deviceType", candidate.grant().deviceType());
        question.set("tags", json.valueToTree(candidate.grant().tags()));
        question.set(FACTS, candidate.attested().facts().tree());
        return question;
    }

    /** Whether two questions are one: where the device comes from may change. */
    static boolean areAlike(JsonNode question, JsonNode other) {
        return withoutAddress(question).equals(withoutAddress(other));
    }

    private static JsonNode withoutAddress(JsonNode question) {
        JsonNode copy = question.deepCopy();
        if (copy.get(FACTS) instanceof ObjectNode facts) {
            facts.remove(ADDRESS);
        }
        return copy;
    }
}
