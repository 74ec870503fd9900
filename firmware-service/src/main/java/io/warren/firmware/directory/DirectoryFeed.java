package io.warren.firmware.directory;

import io.warren.contracts.registry.DeviceEvent;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Follows the registry's events. What comes again is no newer than what is kept, and changes nothing. */
@Component
class DirectoryFeed {

    private static final String QUEUE = "firmware.directory";

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher listeners;

    DirectoryFeed(TransactionTemplate transaction, JdbcClient jdbc, ApplicationEventPublisher listeners) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.listeners = listeners;
    }

    @RabbitListener(queues = QUEUE, containerFactory = DirectoryBatches.FACTORY)
    void receive(List<Message<DeviceEvent>> events) {
        List<DeviceNews> news = events.stream()
                .map(event -> DeviceNews.of(
                        event.getPayload(),
                        DeviceEvent.DELETED.equals(event.getHeaders().get(AmqpHeaders.RECEIVED_ROUTING_KEY))))
                .toList();
        transaction.executeWithoutResult(_ -> keep(news).forEach(listeners::publishEvent));
    }

    /**
     * Keeps the newest version of each device only, in whatever order the events come; answers who was deleted, though it may have come
     * back since.
     */
    private List<DeviceDeleted> keep(List<DeviceNews> news) {
        return jdbc.sql("""
                        WITH news AS (SELECT * FROM unnest(?, ?, ?, ?, ?) AS news (tenant, device, version, deleted, gateway)),
                        gone AS (
                            SELECT DISTINCT tenant, device FROM news
                            WHERE deleted AND NOT EXISTS (SELECT FROM directory AS known
                                                          WHERE known.tenant = news.tenant AND known.device = news.device
                                                            AND known.version >= news.version)),
                        kept AS (
                            INSERT INTO directory (tenant, device, version, deleted, gateway)
                            SELECT DISTINCT ON (tenant, device) * FROM news ORDER BY tenant, device, version DESC
                            ON CONFLICT (tenant, device) DO UPDATE
                            SET version = excluded.version, deleted = excluded.deleted, gateway = excluded.gateway
                            WHERE directory.version < excluded.version)
                        SELECT tenant, device FROM gone ORDER BY tenant, device""")
                .param(news.stream().map(DeviceNews::tenant).toArray(String[]::new))
                .param(news.stream().map(DeviceNews::device).toArray(String[]::new))
                .param(news.stream().map(DeviceNews::version).toArray(Long[]::new))
                .param(news.stream().map(DeviceNews::deleted).toArray(Boolean[]::new))
                .param(news.stream().map(DeviceNews::gateway).toArray(String[]::new))
                .query((row, _) -> new DeviceDeleted(row.getString("tenant"), row.getString("device")))
                .list();
    }
}
