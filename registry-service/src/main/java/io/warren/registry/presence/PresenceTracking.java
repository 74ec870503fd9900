package io.warren.registry.presence;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.ConnectionChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps account of who is there. News of connections may come twice, late and out of order: a device is gone only when the
 * connection on record is, and a connection that has ended does not begin again, unless it was only thought lost.
 */
@Service
class PresenceTracking {

    private final Presences presences;
    private final Connections connections;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final PresenceProperties properties;

    PresenceTracking(
            Presences presences,
            Connections connections,
            Outbox outbox,
            ApplicationEventPublisher events,
            PresenceProperties properties) {
        this.presences = presences;
        this.connections = connections;
        this.outbox = outbox;
        this.events = events;
        this.properties = properties;
    }

    /**
     * Takes in news, each device's in the order given; what is about no known device is passed over. How many statements that
     * takes depends on how often the same device is in the news, not on how many devices are: a whole fleet may come back at
     * once.
     *
     * @param news a few hundred at the most
     */
    @Transactional
    void note(List<ConnectionChange> news) {
        Map<DeviceAddress, OnRecord> onRecord =
                presences.lock(news.stream().map(ConnectionChange::address).collect(toSet()));
        List<ConnectionChange> known = news.stream()
                .filter(change -> onRecord.containsKey(change.address()))
                .toList();
        PresenceChanges changes = new PresenceChanges(onRecord, properties);
        waves(known).forEach(wave -> noteWave(wave, changes));
        presences.update(changes.after());
        outbox.appendAll(RegistryEvents.EXCHANGE, changes.events());
        if (!changes.connected().isEmpty()) {
            events.publishEvent(new DevicesConnected(presences.reachedThrough(changes.connected())));
        }
    }

    /** Cuts news so that no wave has two of the same device, and one wave after the other keeps the order of each. */
    private static List<List<ConnectionChange>> waves(List<ConnectionChange> news) {
        List<List<ConnectionChange>> waves = new ArrayList<>();
        Map<DeviceAddress, Integer> seen = new HashMap<>();
        for (ConnectionChange change : news) {
            int times = seen.merge(change.address(), 1, Integer::sum);
            if (times > waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(times - 1).add(change);
        }
        return waves;
    }

    private void noteWave(List<ConnectionChange> wave, PresenceChanges changes) {
        connections.yielding(wave.stream()
                .filter(change -> change.kind() == Kind.SIGNED_IN)
                .flatMap(change -> changes.yielding(change.address(), change.connection()).stream())
                .toList());
        Map<DeviceAddress, Long> epochs = new HashMap<>(
                connections.open(wave.stream().filter(ConnectionChange::isOpen).toList()));
        epochs.putAll(connections.openAgain(
                wave.stream().filter(change -> change.kind() == Kind.LISTED).toList()));
        Map<DeviceAddress, Connections.Ending> endings = connections.close(
                wave.stream().filter(change -> change.closedAt() != null).toList());
        for (ConnectionChange change : wave) {
            Instant closedAt = change.closedAt();
            Long epoch = epochs.get(change.address());
            if (closedAt != null) {
                changes.closed(
                        change.address(),
                        change.connection(),
                        closedAt,
                        endings.getOrDefault(change.address(), new Connections.Ending(change.cause(), null)));
            } else if (epoch != null) {
                changes.opened(change.address(), change.connection(), epoch);
            }
        }
        connections.replace(changes.takeReplaced());
        connections
                .moreThan(properties.flappingConnects(), changes.takeBackSoon())
                .forEach(address -> changes.flapping(address, properties.flappingConnects() + 1));
    }
}
