package io.warren.registry.downlink;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells a device why a message of its was refused, once a second at the most; of one behind a gateway, the gateway is told. */
@Component
public class DeviceErrors {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MOST_DEVICES = 10_000;

    private final Cache<DeviceAddress, Boolean> told = Caffeine.newBuilder()
            .expireAfterWrite(PAUSE)
            .maximumSize(MOST_DEVICES)
            .build();
    private final DeviceMessages messages;
    private final JsonMapper json;

    DeviceErrors(DeviceMessages messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** Sends the refusal on its way, in a few words; a device that is not subscribed does not hear of it. */
    public void tell(UpTopic topic, String reason) {
        tell(topic, new ProblemException(ProblemKind.INVALID, reason));
    }

    /** Sends the refusal on its way; a device that is not subscribed does not hear of it. */
    public void tell(UpTopic topic, ProblemException problem) {
        if (told.asMap().putIfAbsent(topic.sender(), true) != null) {
            return;
        }
        messages.send(
                DeviceTopics.down(topic.sender(), "errors"),
                json.writeValueAsString(Map.of("topic", topic.asMqtt(), "problem", ProblemBodies.of(problem))),
                LIFETIME);
    }
}
