package io.warren.telemetry.directory;

import io.warren.contracts.registry.DeviceEvent;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

/** Keeps the copy of the registry's devices up to date. What comes again is no newer than what is kept, and changes nothing. */
@Component
class DeviceEvents {

    static final String QUEUE = "telemetry.directory";

    private final DeviceDirectory directory;

    DeviceEvents(DeviceDirectory directory) {
        this.directory = directory;
    }

    @RabbitListener(queues = QUEUE, containerFactory = DirectoryBatches.FACTORY)
    void on(List<Message<DeviceEvent>> events) {
        directory.update(events.stream()
                .map(event -> DeviceNews.of(
                        event.getPayload(),
                        DeviceEvent.DELETED.equals(event.getHeaders().get(AmqpHeaders.TYPE))))
                .toList());
    }
}
