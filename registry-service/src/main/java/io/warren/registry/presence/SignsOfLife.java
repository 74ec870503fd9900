package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.contracts.registry.SilenceEvent;
import io.warren.contracts.telemetry.ActivityObserved;
import io.warren.platform.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notes when devices were heard of last, many at a time and each seldom: there is no write for a message. */
@Service
class SignsOfLife {

    private final Presences presences;
    private final Outbox outbox;
    private final PresenceProperties properties;

    SignsOfLife(Presences presences, Outbox outbox, PresenceProperties properties) {
        this.presences = presences;
        this.outbox = outbox;
        this.properties = properties;
    }

    /** Hears from the telemetry service of which devices it has heard. What comes again, or late, changes nothing. */
    @Transactional
    @RabbitListener(queues = "registry.activity")
    public void hear(ActivityObserved activity) {
        note(activity.devices().stream()
                .collect(toMap(
                        device -> DeviceAddress.of(device.tenant(), device.device()),
                        ActivityObserved.Activity::at,
                        (one, other) -> one.isAfter(other) ? one : other)));
    }

    /**
     * Takes in of which devices something has come, and tells of those that had been silent. A device that was heard of not long
     * before costs no write.
     *
     * @param heard when the newest came, of some thousand devices at the most
     */
    @Transactional
    void note(Map<DeviceAddress, Instant> heard) {
        if (heard.isEmpty()) {
            return;
        }
        List<SilenceEvent> back = presences.hear(heard, properties);
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                back.stream()
                        .map(event -> new Outbox.Event(SilenceEvent.HEARD, event))
                        .toList());
    }
}
