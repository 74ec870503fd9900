package io.warren.registry.presence;

import io.warren.registry.BatchedMessages;
import java.util.List;
import java.util.Optional;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Hears from the broker who connects and disconnects, many at a time: a fleet comes back all at once. */
@Component
class ConnectionListener {

    private final PresenceTracking tracking;

    ConnectionListener(PresenceTracking tracking) {
        this.tracking = tracking;
    }

    @RabbitListener(queues = "registry.presence", containerFactory = BatchedMessages.FACTORY)
    void hear(List<Message> events) {
        tracking.note(events.stream()
                .map(event -> BrokerEvents.read(
                        event.getMessageProperties().getReceivedRoutingKey(),
                        event.getMessageProperties().getHeaders()))
                .flatMap(Optional::stream)
                .toList());
    }
}
