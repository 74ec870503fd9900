package io.warren.registry.downlink;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers devices that ask. Nobody waits for the broker's word: a device that hears nothing asks again. */
@Component
public class DeviceAnswers {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final DeviceMessages messages;
    private final DeviceErrors errors;
    private final JsonMapper json;

    DeviceAnswers(DeviceMessages messages, DeviceErrors errors, JsonMapper json) {
        this.messages = messages;
        this.errors = errors;
        this.json = json;
    }

    /** Sends an answer, as JSON, on its way. */
    public void give(ReplyAddress reply, Object answer) {
        messages.send(reply, json.writeValueAsString(answer), LIFETIME);
    }

    /** Says why a message is refused: there where its answer is waited for, and else among the device's errors. */
    public void refuse(UpTopic topic, @Nullable ReplyAddress reply, ProblemException problem) {
        if (reply == null) {
            errors.tell(topic, problem);
        } else {
            give(reply, ProblemBodies.of(problem));
        }
    }
}
