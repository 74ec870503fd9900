package io.warren.registry.device;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells of changes to devices: the other services by events, this one at once. */
@Component
class DeviceChanges {

    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeviceChanges(Outbox outbox, ApplicationEventPublisher events, Clock clock) {
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    void registered(Device device) {
        publish(DeviceEvent.REGISTERED, device, device.version());
        events.publishEvent(new AccessChanged(device.address(), false));
    }

    void updated(Device device) {
        publish(DeviceEvent.UPDATED, device, device.version());
        events.publishEvent(new AccessChanged(device.address(), !device.enabled()));
    }

    void leaves(Device device) {
        events.publishEvent(new DeviceLeaves(device.address()));
    }

    void deleted(Device device, long lastVersion) {
        publish(DeviceEvent.DELETED, device, lastVersion);
        events.publishEvent(new AccessChanged(device.address(), true));
    }

    private void publish(String type, Device device, long version) {
        outbox.append(RegistryEvents.EXCHANGE, type, device.event(version, clock.instant()));
    }
}
