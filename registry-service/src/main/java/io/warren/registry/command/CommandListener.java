package io.warren.registry.command;

import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.database.DatabaseAway;
import io.warren.platform.database.Unstorable;
import io.warren.registry.BatchedMessages;
import io.warren.registry.RegistryProblems;
import io.warren.registry.device.DeviceRoutes;
import io.warren.registry.downlink.DeviceErrors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Hears what devices say to their commands, many answers at a time; a device that says something else is told so. */
@Component
class CommandListener {

    private static final int MOST_BYTES = 64 * 1024;

    private final CommandAnswers answers;
    private final DeviceErrors errors;
    private final JsonMapper json;
    private final Validator validator;
    private final DeviceRoutes routes;

    CommandListener(
            CommandAnswers answers, DeviceErrors errors, JsonMapper json, Validator validator, DeviceRoutes routes) {
        this.answers = answers;
        this.errors = errors;
        this.json = json;
        this.validator = validator;
        this.routes = routes;
    }

    @RabbitListener(queues = "registry.commands", containerFactory = BatchedMessages.FACTORY)
    void hear(List<Message> messages) {
        List<CommandAnswers.Received> received = new ArrayList<>();
        for (Message message : messages) {
            Optional<UpTopic> topic = DeviceTopics.parseUp(
                    String.valueOf(message.getMessageProperties().getReceivedRoutingKey()));
            Object sender = message.getMessageProperties().getHeader(DeviceTopics.CLIENT_ID_HEADER);
            if (topic.isEmpty() || !topic.get().sender().toString().equals(sender)) {
                continue; // no device could have sent it
            }
            if (!routes.isOpen(topic.get().route())) {
                errors.tell(
                        topic.get(),
                        RegistryProblems.notBehindGateway(topic.get().address()));
                continue;
            }
            try {
                received.add(new CommandAnswers.Received(topic.get(), id(topic.get()), read(message.getBody())));
            } catch (RefusedAnswer refused) {
                errors.tell(topic.get(), refused.reason());
            }
        }
        take(received);
    }

    /** Takes answers in together or, when one of them spoils that, each by itself: taking one in again changes nothing. */
    private void take(List<CommandAnswers.Received> received) {
        if (received.isEmpty()) {
            return;
        }
        try {
            answers.take(received).forEach(unknown -> errors.tell(unknown.topic(), "This device has no such command."));
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            if (received.size() > 1) {
                received.forEach(one -> take(List.of(one)));
            } else {
                errors.tell(received.getFirst().topic(), Unstorable.reason(e).orElseThrow(() -> e));
            }
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
