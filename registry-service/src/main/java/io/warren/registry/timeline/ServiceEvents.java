package io.warren.registry.timeline;

import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.platform.inbox.Inbox;
import io.warren.registry.RawMessages;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears from the other services what happens to devices: deployments, alarms, and whatever else comes to be sent here. Each event
 * is in the timeline once, however often it comes.
 */
@Component
class ServiceEvents {

    private static final String QUEUE = "registry.timeline";

    private final Inbox inbox;
    private final DeviceTimeline timeline;
    private final TimelineNotes notes;
    private final InstalledFirmware firmware;
    private final JsonMapper json;

    ServiceEvents(
            Inbox inbox, DeviceTimeline timeline, TimelineNotes notes, InstalledFirmware firmware, JsonMapper json) {
        this.inbox = inbox;
        this.timeline = timeline;
        this.notes = notes;
        this.firmware = firmware;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @RabbitListener(queues = QUEUE, messageConverter = RawMessages.CONVERTER)
    void hear(byte[] body, @Header(AmqpHeaders.MESSAGE_ID) String messageId, @Header(AmqpHeaders.TYPE) String type) {
        JsonNode event = json.readTree(body);
        inbox.once(QUEUE, messageId, () -> {
            notes.of(type, event).ifPresent(note -> timeline.write(List.of(note)));
            if (type.equals(DeploymentEvent.ENDED)) {
                firmware.note(json.treeToValue(event, DeploymentEvent.class));
            }
        });
    }
}
