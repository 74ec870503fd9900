package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.FlappingEvent;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.SilenceEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.ConnectionChange.Connection;
import io.warren.registry.presence.Connections.Ending;
import io.warren.registry.presence.Connections.Open;
import io.warren.registry.presence.Connections.Replaced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a batch of news changes in what is on record of its devices, and what there is to tell of it. */
final class PresenceChanges {

    private final Map<DeviceAddress, OnRecord> before;
    private final PresenceProperties properties;
    private final Map<DeviceAddress, OnRecord> after = new HashMap<>();
    private final Set<DeviceAddress> connected = new HashSet<>();
    private final List<Outbox.Event> events = new ArrayList<>();
    private final List<Replaced> replaced = new ArrayList<>();
    private final Map<DeviceAddress, Instant> backSoon = new HashMap<>();

    /**
     * Begins with what is on record of every device that there will be news of.
     *
     * @param properties what is flapping, and what is silence
     */
    PresenceChanges(Map<DeviceAddress, OnRecord> before, PresenceProperties properties) {
        this.before = before;
        this.properties = properties;
    }

    /** The open connection of a device that will give way to one that it has signed in on, if there is one. */
    Optional<Replaced> yielding(DeviceAddress address, Connection connection) {
        OnRecord onRecord = onRecord(address);
        return onRecord.connected() && !connection.name().equals(onRecord.name())
                ? Optional.of(new Replaced(onRecord.epoch(), connection.connectedAt()))
                : Optional.empty();
    }

    /** Takes in a connection that is open and was not, as far as was known. */
    void opened(DeviceAddress address, Connection connection, long epoch) {
        OnRecord onRecord = onRecord(address);
        if (!onRecord.isBy(connection) && onRecord.yieldsTo(connection)) {
            connected(address, onRecord, connection, epoch);
        }
    }

    /**
     * Takes in the end of a connection. If another is open that was heard of later, that one is the device's, whichever of their
     * clocks is ahead: the device was not away. Nor is it if this one ended because the device has signed in on another, of
     * which word is about to come; if none comes, that is found out when what is on record is compared with the broker's list.
     */
    void closed(DeviceAddress address, Connection connection, Instant at, Ending ending) {
        OnRecord onRecord = onRecord(address);
        if (!onRecord.isBy(connection)) {
            return;
        }
        Open other = ending.other();
        if (other != null) {
            connected(address, onRecord, other.connection(), other.epoch());
            return;
        }
        if (ConnectionChange.REPLACED.equals(ending.cause())) {
            return;
        }
        after.put(address, onRecord.disconnected(at));
        tell(PresenceEvent.DISCONNECTED, address, onRecord.epoch(), at, connection, ending.cause(), null);
    }

    /** Takes in that a device connects again and again. */
    void flapping(DeviceAddress address, int connects) {
        OnRecord onRecord = onRecord(address);
        Instant since = Objects.requireNonNull(onRecord.connectedAt());
        after.put(address, onRecord.flapping(since, connects));
        events.add(new Outbox.Event(
                FlappingEvent.FLAPPING,
                new FlappingEvent(
                        address.tenant().value(), address.device().value(), onRecord.epoch(), since, connects, since)));
    }

    /** What is now to be on record of the devices that something has changed for. */
    Map<DeviceAddress, OnRecord> after() {
        return after;
    }

    /** The devices that got a new connection, whether or not they still have it. */
    Set<DeviceAddress> connected() {
        return connected;
    }

    /** What there is to tell, each device's in the order of its news. */
    List<Outbox.Event> events() {
        return events;
    }

    /** The connections that gave way to others since this was last asked. */
    List<Replaced> takeReplaced() {
        List<Replaced> taken = List.copyOf(replaced);
        replaced.clear();
        return taken;
    }

    /**
     * The devices that connected soon after they had connected before, since this was last asked; each with the time from which on
     * its connections are to be counted. Those that are known to do so are not among them.
     */
    Map<DeviceAddress, Instant> takeBackSoon() {
        Map<DeviceAddress, Instant> taken = Map.copyOf(backSoon);
        backSoon.clear();
        return taken;
    }

    private void connected(DeviceAddress address, OnRecord onRecord, Connection connection, long epoch) {
        boolean gaveWay = onRecord.gaveWayTo(connection);
        if (gaveWay) {
            replaced.add(new Replaced(onRecord.epoch(), connection.connectedAt()));
        }
        Instant since = connection.connectedAt().minus(properties.flappingWithin());
        if (onRecord.flappingSince() == null
                && onRecord.connectedAt() != null
                && onRecord.connectedAt().isAfter(since)) {
            backSoon.put(address, since);
        }
        after.put(address, onRecord.connectedBy(connection, epoch, properties.hearsay()));
        connected.add(address);
        tell(
                PresenceEvent.CONNECTED,
                address,
                epoch,
                connection.connectedAt(),
                connection,
                null,
                gaveWay ? onRecord.epoch() : null);
        if (onRecord.silent()) {
            Instant silentAt = Objects.requireNonNull(onRecord.silentAt());
            events.add(new Outbox.Event(
                    SilenceEvent.HEARD,
                    new SilenceEvent(
                            address.tenant().value(),
                            address.device().value(),
                            epoch,
                            silentAt,
                            connection.connectedAt())));
        }
    }

    private OnRecord onRecord(DeviceAddress address) {
        OnRecord changed = after.get(address);
        return changed == null ? Objects.requireNonNull(before.get(address)) : changed;
    }

    private void tell(
            String type,
            DeviceAddress address,
            long epoch,
            Instant at,
            Connection connection,
            @Nullable String cause,
            @Nullable Long replaces) {
        events.add(new Outbox.Event(
                type,
                new PresenceEvent(
                        address.tenant().value(),
                        address.device().value(),
                        epoch,
                        at,
                        connection.from(),
                        connection.protocol(),
                        cause,
                        replaces)));
    }
}
