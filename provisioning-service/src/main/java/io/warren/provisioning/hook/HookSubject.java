package io.warren.provisioning.hook;

import io.warren.provisioning.inquiry.Reply;
import io.warren.provisioning.inquiry.Subject;
import io.warren.provisioning.inquiry.UnusableAnswer;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a device is wanted, and what it is to begin with. */
@Component
class HookSubject implements Subject {

    private static final int USUAL_PAUSE = 30;

    private final JsonMapper json;
    private final Validator validator;

    HookSubject(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    @Override
    public String name() {
        return "registration";
    }

    @Override
    public Reply read(JsonNode answer, JsonNode question) throws UnusableAnswer {
        HookAnswer read = read(answer);
        return switch (read.decision()) {
            case ALLOW -> new Reply.Settled(json.valueToTree(read));
            case DENY -> new Reply.Refused(Objects.requireNonNullElse(read.reason(), "The hook denies it."));
            case WAIT ->
                new Reply.Later(Duration.ofSeconds(Objects.requireNonNullElse(read.retryAfterSeconds(), USUAL_PAUSE)));
        };
    }

    /** What was kept of an answer. */
    HookAnswer kept(JsonNode answer) {
        return json.treeToValue(answer, HookAnswer.class);
    }

    private HookAnswer read(JsonNode answer) throws UnusableAnswer {
        if (!answer.isObject()) {
            throw new UnusableAnswer("it is no object");
        }
        HookAnswer read;
        try {
            read = kept(answer);
        } catch (JacksonException e) {
            throw new UnusableAnswer("it has not the form of one");
        }
        String wrong = validator.validate(read).stream()
                .map(ConstraintViolation::getPropertyPath)
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw new UnusableAnswer("not as it should be: " + wrong);
        }
        return read;
    }
}
