package io.warren.telemetry.tenant;

import io.warren.contracts.registry.TenantEvent;
import io.warren.platform.inbox.Inbox;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Keeps the copy of tenants' limits up to date. */
@Component
class TenantEvents {

    private static final String QUEUE = "telemetry.tenants";

    private final Inbox inbox;
    private final TenantDirectory directory;

    TenantEvents(Inbox inbox, TenantDirectory directory) {
        this.inbox = inbox;
        this.directory = directory;
    }

    @RabbitListener(queues = QUEUE)
    void on(
            @Payload TenantEvent event,
            @Header(AmqpHeaders.MESSAGE_ID) String messageId,
            @Header(AmqpHeaders.TYPE) String type) {
        inbox.once(
                QUEUE,
                messageId,
                () -> directory.update(
                        event.tenant(), event.version(), type.equals(TenantEvent.DELETED), event.limits()));
    }
}
