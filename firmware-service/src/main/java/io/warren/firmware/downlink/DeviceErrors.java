package io.warren.firmware.downlink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Tells devices on {@code down/errors} why a message of theirs was refused, each at most once a second. */
@Component
public class DeviceErrors {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;

    private final DeviceChannel channel;
    private final Counter refused;
    private final Clock clock;
    private final Map<DeviceAddress, Long> lastToldMillis = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceAddress, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    DeviceErrors(DeviceChannel channel, MeterRegistry meters, Clock clock) {
        this.channel = channel;
        this.clock = clock;
        refused = Counter.builder("warren.firmware.refused.messages")
                .description("Messages of devices that could not be understood")
                .register(meters);
    }

    /** The body of {@code down/errors}. */
    record DeviceError(String topic, ProblemDetail problem) {}

    /** Tells the sender of a message why it was refused, if it was told nothing in the last second. */
    public void tell(UpTopic topic, ProblemException problem) {
        refused.increment();
        if (isDue(topic.sender())) {
            channel.deliver(topic.sender(), new DeviceError(topic.asMqtt(), ProblemBodies.of(problem)), "errors");
        }
    }

    private synchronized boolean isDue(DeviceAddress address) {
        long now = clock.millis();
        Long last = lastToldMillis.get(address);
        if (last != null && now - last < PAUSE.toMillis()) {
            return false;
        }
        lastToldMillis.remove(address);
        lastToldMillis.put(address, now);
        return true;
    }
}
