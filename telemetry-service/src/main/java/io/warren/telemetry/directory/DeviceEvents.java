package io.warren.telemetry.directory;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.platform.inbox.Inbox;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Keeps the copy of the registry's devices up to date. */
@Component
class DeviceEvents {

    static final String QUEUE = "telemetry.directory";

    private final Inbox inbox;
    private final DeviceDirectory directory;

    DeviceEvents(Inbox inbox, DeviceDirectory directory) {
        this.inbox = inbox;
        this.directory = directory;
    }

    @RabbitListener(queues = QUEUE)
    void on(
            @Payload DeviceEvent event,
            @Header(AmqpHeaders.MESSAGE_ID) String messageId,
            @Header(AmqpHeaders.TYPE) String type) {
        inbox.once(
                QUEUE,
                messageId,
                () -> directory.update(
                        event.tenant(),
                        event.device(),
                        event.version(),
                        type.equals(DeviceEvent.DELETED),
                        event.admittedGateway()));
    }
}
