package io.warren.firmware.directory;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.platform.inbox.Inbox;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

/** Follows the registry's events. */
@Component
class DirectoryFeed {

    private static final String QUEUE = "firmware.directory";

    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher listeners;

    DirectoryFeed(Inbox inbox, JdbcClient jdbc, ApplicationEventPublisher listeners) {
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.listeners = listeners;
    }

    @RabbitListener(queues = QUEUE)
    void receive(
            DeviceEvent event,
            @Header(AmqpHeaders.MESSAGE_ID) String messageId,
            @Header(AmqpHeaders.RECEIVED_ROUTING_KEY) String type) {
        boolean deleted = type.equals(DeviceEvent.DELETED);
        inbox.once(QUEUE, messageId, () -> {
            if (keep(event, deleted) && deleted) {
                listeners.publishEvent(new DeviceDeleted(event.tenant(), event.device()));
            }
        });
    }

    /** Keeps the newest version only, in whatever order the events come; false if this one is older. */
    private boolean keep(DeviceEvent event, boolean deleted) {
        return jdbc.sql("""
                        INSERT INTO directory (tenant, device, version, deleted, gateway) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET version = excluded.version, deleted = excluded.deleted, gateway = excluded.gateway
                        WHERE directory.version < excluded.version""")
                        .params(event.tenant(), event.device(), event.version(), deleted)
                        .param(event.admittedGateway())
                        .update()
                == 1;
    }
}
