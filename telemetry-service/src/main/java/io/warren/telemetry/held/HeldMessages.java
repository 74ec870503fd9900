package io.warren.telemetry.held;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.platform.database.DatabaseAway;
import io.warren.telemetry.directory.DeviceDirectory;
import io.warren.telemetry.directory.DeviceDirectory.Behind;
import io.warren.telemetry.directory.DirectoryNews;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The messages that wait. Each gateway device has so much room: one that speaks for devices that it makes up holds up nobody, and is
 * refused as soon as its room is full.
 */
@Component
public class HeldMessages {

    private static final Logger log = LoggerFactory.getLogger(HeldMessages.class);

    /** A few at a time: each can be as large as a packet. */
    private static final int AT_A_TIME = 50;

    private static final Duration COUNTS_GOOD_FOR = Duration.ofSeconds(1);
    private static final int GATEWAYS = 10_000;
    private static final Duration LEFT_OUT_FOR = Duration.ofMinutes(5);
    private static final int LEFT_OUT = 1000;

    private final JdbcClient jdbc;
    private final DeviceDirectory directory;
    private final DirectoryNews news;
    private final HeldProperties properties;
    private final Clock clock;
    private final Cache<Gateway, Room> rooms = Caffeine.newBuilder()
            .expireAfterWrite(COUNTS_GOOD_FOR)
            .maximumSize(GATEWAYS)
            .build();
    private final Cache<Long, Boolean> leftOut = Caffeine.newBuilder()
            .expireAfterWrite(LEFT_OUT_FOR)
            .maximumSize(LEFT_OUT)
            .build();

    HeldMessages(
            JdbcClient jdbc, DeviceDirectory directory, DirectoryNews news, HeldProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.news = news;
        this.properties = properties;
        this.clock = clock;
    }

    /** Those of some devices behind gateways that do sit there, as far as events have told. */
    public Set<Behind> confirmed(Set<Behind> asked) {
        return asked.isEmpty() ? Set.of() : directory.confirmed(asked);
    }

    /** Whether one message more of a gateway device can be held; if so, its place is taken. */
    public boolean enter(String tenant, String gateway, int bytes) {
        return rooms.get(new Gateway(tenant, gateway), this::room).take(bytes);
    }

    /** Whether a message is held that is the same in all. */
    public boolean contains(HeldMessage message) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM held_message
                                       WHERE tenant = ? AND gateway = ? AND arrived = ? AND routing_key = ? AND body = ?)""")
                .params(
                        message.tenant(),
                        message.gateway(),
                        message.arrivedMillis(),
                        message.routingKey(),
                        message.body())
                .query(Boolean.class)
                .single();
    }

    /** Holds a message, in the caller's transaction. */
    public void add(HeldMessage message) {
        jdbc.sql("""
                        INSERT INTO held_message (kind, tenant, gateway, device, routing_key, content_type, arrived,
                                                  received_at, body, held_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(message.kind().name())
                .param(message.tenant())
                .param(message.gateway())
                .param(message.device())
                .param(message.routingKey())
                .param(message.contentType())
                .param(message.arrivedMillis())
                .param(message.receivedAt())
                .param(message.body())
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Has all those taken further whose waiting is over, one after the other. One that cannot be taken holds up nobody: it is tried
     * again after a while.
     */
    public void release(HeldMessage.Kind kind, Consumer<Due> taking) {
        boolean all = true;
        for (List<Due> due = due(kind); all && !due.isEmpty(); due = due(kind)) {
            for (Due each : due) {
                all &= take(each, taking);
            }
        }
    }

    private boolean take(Due due, Consumer<Due> taking) {
        try {
            taking.accept(due);
            return true;
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            log.error("A message that was held cannot be taken further for now: {}", due.id(), e);
            leftOut.put(due.id(), true);
            return false;
        }
    }

    /**
     * Some of those that have waited for long enough, the first first: their device is known by now, or will not be. That it will
     * not is not said for as long as news of devices wait to be read.
     */
    private List<Due> due(HeldMessage.Kind kind) {
        List<Due> due = over(kind);
        if (due.stream().allMatch(Due::confirmed)) {
            return due;
        }
        // what has been read until now is seen only by who looks again
        return news.areRead() ? over(kind) : due.stream().filter(Due::confirmed).toList();
    }

    private List<Due> over(HeldMessage.Kind kind) {
        return jdbc.sql("""
                        SELECT h.*, d.device IS NOT NULL AS confirmed
                        FROM held_message h LEFT JOIN device d
                             ON d.tenant = h.tenant AND d.device = h.device AND d.gateway = h.gateway AND NOT d.deleted
                        WHERE h.kind = ? AND (d.device IS NOT NULL OR h.held_at < ?) AND h.id <> ALL (?)
                        ORDER BY confirmed DESC, h.id LIMIT ?""")
                .param(kind.name())
                .param(Timestamp.from(clock.instant().minus(properties.patience())))
                .param(leftOut.asMap().keySet().toArray(Long[]::new))
                .param(AT_A_TIME)
                .query((row, _) -> new Due(
                        row.getLong("id"),
                        row.getBoolean("confirmed"),
                        new HeldMessage(
                                kind,
                                row.getString("tenant"),
                                row.getString("gateway"),
                                row.getString("device"),
                                row.getString("routing_key"),
                                row.getString("content_type"),
                                row.getLong("arrived"),
                                row.getLong("received_at"),
                                row.getBytes("body"))))
                .list();
    }

    /** Takes a message out, in the caller's transaction; false if somebody else has, or if its device has become known since. */
    public boolean remove(Due due) {
        return jdbc.sql("""
                        DELETE FROM held_message h
                        WHERE id = ? AND (? OR NOT EXISTS (
                            SELECT FROM device d
                            WHERE d.tenant = h.tenant AND d.device = h.device AND d.gateway = h.gateway AND NOT d.deleted))""").params(due.id(), due.confirmed()).update() == 1;
    }

    private Room room(Gateway gateway) {
        return jdbc.sql("""
                        SELECT count(*) AS messages, coalesce(sum(length(body)), 0) AS bytes FROM held_message
                        WHERE tenant = ? AND gateway = ?""")
                .params(gateway.tenant(), gateway.device())
                .query((row, _) -> new Room(
                        properties.messages() - row.getLong("messages"),
                        properties.size().toBytes() - row.getLong("bytes")))
                .single();
    }

    /**
     * A message whose waiting is over.
     *
     * @param confirmed whether the gateway device speaks for the device that it names
     */
    public record Due(long id, boolean confirmed, HeldMessage message) {}

    private record Gateway(String tenant, String device) {}

    /** What is left of a gateway device's room. */
    private static final class Room {

        private long messages;
        private long bytes;

        Room(long messages, long bytes) {
            this.messages = messages;
            this.bytes = bytes;
        }

        synchronized boolean take(int size) {
            if (messages < 1 || bytes < size) {
                return false;
            }
            messages--;
            bytes -= size;
            return true;
        }
    }
}
