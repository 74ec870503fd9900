package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.broker.BrokerManagement;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares who is on record as connected with the broker's own list: a node that crashes says nothing of the connections that go
 * down with it, and an event may get lost.
 */
@Component
class PresenceReconciliation {

    private static final Logger log = LoggerFactory.getLogger(PresenceReconciliation.class);

    /** The broker's list is some seconds behind: about younger connections it proves nothing. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    /** Those that seem lost are looked up one by one, so many in a round at the most. */
    private static final int MOST_LOST = 1_000;

    private static final int BATCH = 200;

    private final BrokerManagement broker;
    private final Presences presences;
    private final PresenceTracking tracking;
    private final Clock clock;

    PresenceReconciliation(BrokerManagement broker, Presences presences, PresenceTracking tracking, Clock clock) {
        this.broker = broker;
        this.presences = presences;
        this.tracking = tracking;
        this.clock = clock;
    }

    /** One round. */
    void reconcile() {
        Instant now = clock.instant();
        Map<DeviceAddress, Connection> open = listed();
        Map<DeviceAddress, Connection> onRecord = presences.allConnected();
        List<ConnectionChange> news = new ArrayList<>();
        open.forEach((address, connection) -> {
            if (!same(connection, onRecord.get(address))) {
                news.add(ConnectionChange.listed(address, connection));
            }
        });
        onRecord.entrySet().stream()
                .filter(entry -> !open.containsKey(entry.getKey()))
                .filter(entry -> entry.getValue().connectedAt().isBefore(now.minus(SETTLING)))
                .limit(MOST_LOST)
                .filter(entry -> broker.connectionsOf(entry.getKey()).stream()
                        .noneMatch(connection -> entry.getValue().name().equals(connection.name())))
                .forEach(entry -> news.add(ConnectionChange.lost(entry.getKey(), entry.getValue(), now)));
        for (int from = 0; from < news.size(); from += BATCH) {
            tracking.note(news.subList(from, Math.min(from + BATCH, news.size())));
        }
        if (!news.isEmpty()) {
            log.info("Presence of {} devices put right", news.size());
        }
    }

    private Map<DeviceAddress, Connection> listed() {
        Map<DeviceAddress, Connection> open = new HashMap<>();
        int number = 1;
        BrokerManagement.ConnectionPage page;
        do {
            page = broker.connections(number);
            for (BrokerManagement.Connection connection : page.items()) {
                DeviceAddress.parse(String.valueOf(connection.user()))
                        .ifPresent(address -> read(connection)
                                .ifPresent(read -> open.merge(
                                        address, read, (a, b) -> a.connectedAt().isAfter(b.connectedAt()) ? a : b)));
            }
            number++;
        } while (number <= page.pageCount());
        return open;
    }

    private static Optional<Connection> read(BrokerManagement.Connection connection) {
        String name = connection.name();
        Long connectedAt = connection.connectedAt();
        if (name == null || connectedAt == null) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                name,
                Instant.ofEpochMilli(connectedAt),
                connection.peerHost(),
                BrokerEvents.protocol(String.valueOf(connection.protocol()))));
    }

    private static boolean same(Connection listed, @Nullable Connection onRecord) {
        return onRecord != null
                && listed.name().equals(onRecord.name())
                && listed.connectedAt().equals(onRecord.connectedAt());
    }
}
