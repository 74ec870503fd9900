package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps account of who is there. News of connections may come twice, late and out of order: a device is gone only when the
 * connection on record is, and a connection that has ended does not begin again.
 */
@Service
class PresenceTracking {

    private final Presences presences;
    private final Connections connections;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;

    PresenceTracking(Presences presences, Connections connections, Outbox outbox, ApplicationEventPublisher events) {
        this.presences = presences;
        this.connections = connections;
        this.outbox = outbox;
        this.events = events;
    }

    /** Takes in news, each device's in the order given; what is about no known device is passed over. */
    @Transactional
    void note(List<ConnectionChange> news) {
        // sorted, so that two replicas lock devices in the same order
        news.stream()
                .sorted(Comparator.comparing(change -> change.address().toString()))
                .forEach(this::note);
    }

    private void note(ConnectionChange change) {
        presences.lock(change.address()).ifPresent(onRecord -> {
            Instant closedAt = change.closedAt();
            if (closedAt == null) {
                opened(change.address(), change.connection(), onRecord);
            } else {
                connections.close(change.address(), change.connection(), closedAt, change.cause());
                closed(change.address(), change.connection(), closedAt, onRecord);
            }
        });
    }

    private void opened(DeviceAddress address, Connection connection, Presences.OnRecord onRecord) {
        OptionalLong epoch = connections.open(address, connection);
        if (epoch.isEmpty() || !onRecord.yieldsTo(connection)) {
            return;
        }
        presences.connected(address, connection, epoch.getAsLong());
        publish(PresenceEvent.CONNECTED, address, connection, epoch.getAsLong(), connection.connectedAt());
        events.publishEvent(new DeviceConnected(address));
    }

    private void closed(DeviceAddress address, Connection connection, Instant at, Presences.OnRecord onRecord) {
        if (onRecord.isBy(connection)) {
            presences.disconnected(address, at);
            publish(PresenceEvent.DISCONNECTED, address, connection, onRecord.epoch(), at);
        }
    }

    private void publish(String type, DeviceAddress address, Connection connection, long epoch, Instant at) {
        outbox.append(
                RegistryEvents.EXCHANGE,
                type,
                new PresenceEvent(
                        address.tenant().value(),
                        address.device().value(),
                        epoch,
                        at,
                        connection.from(),
                        connection.protocol()));
    }
}
