package io.warren.registry.device;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.DevicesConnected;
import io.warren.registry.presence.Presences;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells of changes to devices: the other services by events, this one at once. */
@Component
class DeviceChanges {

    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Presences presences;
    private final Clock clock;

    DeviceChanges(Outbox outbox, ApplicationEventPublisher events, Presences presences, Clock clock) {
        this.outbox = outbox;
        this.events = events;
        this.presences = presences;
        this.clock = clock;
    }

    void registered(List<Device> devices) {
        // before they get states: whoever locks both takes the presences first
        Set<DeviceAddress> reached = presences.reachable(devices.stream()
                .filter(device -> device.description().gateway() != null)
                .map(Device::address)
                .collect(toSet()));
        publish(DeviceEvent.REGISTERED, devices);
        devices.forEach(device -> events.publishEvent(new AccessChanged(device.address(), false)));
        events.publishEvent(new DevicesRegistered(devices.stream()
                .collect(toMap(Device::address, device -> device.description().type()))));
        connected(reached);
    }

    void updated(List<Device> devices) {
        publish(DeviceEvent.UPDATED, devices);
        devices.forEach(device -> events.publishEvent(new AccessChanged(device.address(), !device.enabled())));
    }

    /** Devices are reached in another way from now on; if that is open, it is as if they had connected. */
    void moved(Set<DeviceAddress> devices) {
        connected(presences.reachable(devices));
    }

    private void connected(Set<DeviceAddress> reached) {
        if (!reached.isEmpty()) {
            events.publishEvent(new DevicesConnected(reached));
        }
    }

    void leaves(Device device) {
        events.publishEvent(new DeviceLeaves(device.address()));
    }

    void deleted(Device device, long lastVersion) {
        outbox.append(RegistryEvents.EXCHANGE, DeviceEvent.DELETED, device.event(lastVersion, clock.instant()));
        events.publishEvent(new AccessChanged(device.address(), true));
    }

    private void publish(String type, List<Device> devices) {
        Instant now = clock.instant();
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                devices.stream()
                        .map(device -> new Outbox.Event(type, device.event(device.version(), now)))
                        .toList());
    }
}
