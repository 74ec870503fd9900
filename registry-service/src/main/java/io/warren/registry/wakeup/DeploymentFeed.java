package io.warren.registry.wakeup;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.platform.inbox.Inbox;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

/** Keeps account of the deployments that devices are awaited for. A message that comes again may come behind the one after it. */
@Component
class DeploymentFeed {

    private static final String QUEUE = "registry.wakeups";
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final WakeUps wakeUps;
    private final Clock clock;

    DeploymentFeed(Inbox inbox, JdbcClient jdbc, WakeUps wakeUps, Clock clock) {
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    @RabbitListener(queues = QUEUE)
    void receive(
            DeploymentEvent event,
            @Header(AmqpHeaders.MESSAGE_ID) String messageId,
            @Header(AmqpHeaders.RECEIVED_ROUTING_KEY) String type) {
        switch (type) {
            case DeploymentEvent.CREATED -> inbox.once(QUEUE, messageId, () -> created(event));
            case DeploymentEvent.ENDED -> inbox.once(QUEUE, messageId, () -> ended(event));
            default -> {} // whatever else the queue may be bound to one day
        }
    }

    private void created(DeploymentEvent event) {
        int known = jdbc.sql("""
                        INSERT INTO awaited_deployment (deployment, tenant, device, created_at)
                        SELECT ?, tenant, id, ? FROM device WHERE tenant = ? AND id = ? FOR KEY SHARE
                        ON CONFLICT DO NOTHING""")
                .params(
                        UUID.fromString(event.deployment()),
                        Timestamp.from(clock.instant()),
                        event.tenant(),
                        event.device())
                .update();
        if (known > 0) {
            wakeUps.want(
                    DeviceAddress.of(event.tenant(), event.device()), Reason.DEPLOYMENT, clock.instant(), null, PAUSE);
        }
    }

    private void ended(DeploymentEvent event) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        INSERT INTO awaited_deployment (deployment, tenant, device, created_at, ended_at)
                        SELECT ?, tenant, id, ?, ? FROM device WHERE tenant = ? AND id = ? FOR KEY SHARE
                        ON CONFLICT (deployment) DO UPDATE SET ended_at = excluded.ended_at""")
                .params(UUID.fromString(event.deployment()), now, now, event.tenant(), event.device())
                .update();
    }
}
