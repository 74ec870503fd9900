package io.warren.registry.command;

import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.database.Unstorable;
import io.warren.registry.RawMessages;
import io.warren.registry.downlink.DeviceErrors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Hears what devices say to their commands; a device that says something else is told so. */
@Component
class CommandListener {

    private static final int MOST_BYTES = 64 * 1024;

    private final CommandQueue queue;
    private final DeviceErrors errors;
    private final JsonMapper json;
    private final Validator validator;

    CommandListener(CommandQueue queue, DeviceErrors errors, JsonMapper json, Validator validator) {
        this.queue = queue;
        this.errors = errors;
        this.json = json;
        this.validator = validator;
    }

    @RabbitListener(queues = "registry.commands", messageConverter = RawMessages.CONVERTER)
    void hear(Message message) {
        Optional<UpTopic> topic = DeviceTopics.parseUp(
                String.valueOf(message.getMessageProperties().getReceivedRoutingKey()));
        Object sender = message.getMessageProperties().getHeader(DeviceTopics.CLIENT_ID_HEADER);
        if (topic.isEmpty() || !topic.get().address().toString().equals(sender)) {
            return; // no device could have sent it
        }
        try {
            answer(topic.get(), message.getBody());
        } catch (RefusedAnswer refused) {
            errors.tell(topic.get(), refused.reason());
        }
    }

    private void answer(UpTopic topic, byte[] body) throws RefusedAnswer {
        boolean known;
        try {
            known = queue.answer(topic.address(), id(topic), read(body));
        } catch (DataIntegrityViolationException e) {
            throw new RefusedAnswer(Unstorable.reason(e).orElseThrow(() -> e));
        }
        if (!known) {
            throw new RefusedAnswer("This device has no such command.");
        }
    }

    private static UUID id(UpTopic topic) throws RefusedAnswer {
        try {
            return UUID.fromString(topic.path().getLast());
        } catch (IllegalArgumentException e) {
            throw new RefusedAnswer("The topic ends with no id of a command.");
        }
    }

    private CommandAnswer read(byte[] body) throws RefusedAnswer {
        if (body.length > MOST_BYTES) {
            throw new RefusedAnswer("An answer has at most " + MOST_BYTES + " bytes.");
        }
        CommandAnswer answer;
        try {
            answer = json.readValue(body, CommandAnswer.class);
        } catch (JacksonException e) {
            throw new RefusedAnswer("The body is not the JSON of an answer to a command.");
        }
        if (answer == null) {
            throw new RefusedAnswer("The body is not the JSON of an answer to a command.");
        }
        Set<ConstraintViolation<CommandAnswer>> violations = validator.validate(answer);
        if (!violations.isEmpty()) {
            ConstraintViolation<CommandAnswer> first = violations.iterator().next();
            throw new RefusedAnswer(first.getPropertyPath() + " " + first.getMessage() + ".");
        }
        return answer;
    }

    /** Why an answer is refused, in words for the device's author. */
    private static final class RefusedAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedAnswer(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
