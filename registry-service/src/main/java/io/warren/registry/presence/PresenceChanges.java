package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a batch of news changes in what is on record of its devices, and what there is to tell of it. */
final class PresenceChanges {

    private final Map<DeviceAddress, OnRecord> before;
    private final Map<DeviceAddress, OnRecord> after = new HashMap<>();
    private final Set<DeviceAddress> connected = new HashSet<>();
    private final List<Outbox.Event> events = new ArrayList<>();

    /** Begins with what is on record of every device that there will be news of. */
    PresenceChanges(Map<DeviceAddress, OnRecord> before) {
        this.before = before;
    }

    /** Takes in a connection that was not known before. */
    void opened(DeviceAddress address, Connection connection, long epoch) {
        OnRecord onRecord = onRecord(address);
        if (onRecord.yieldsTo(connection)) {
            after.put(address, onRecord.connectedBy(connection, epoch));
            connected.add(address);
            tell(PresenceEvent.CONNECTED, address, connection, epoch, connection.connectedAt());
        }
    }

    /** Takes in the end of a connection. */
    void closed(DeviceAddress address, Connection connection, Instant at) {
        OnRecord onRecord = onRecord(address);
        if (onRecord.isBy(connection)) {
            after.put(address, onRecord.disconnected(at));
            tell(PresenceEvent.DISCONNECTED, address, connection, onRecord.epoch(), at);
        }
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

    private OnRecord onRecord(DeviceAddress address) {
        OnRecord changed = after.get(address);
        return changed == null ? Objects.requireNonNull(before.get(address)) : changed;
    }

    private void tell(String type, DeviceAddress address, Connection connection, long epoch, Instant at) {
        events.add(new Outbox.Event(
                type,
                new PresenceEvent(
                        address.tenant().value(),
                        address.device().value(),
                        epoch,
                        at,
                        connection.from(),
                        connection.protocol())));
    }
}
