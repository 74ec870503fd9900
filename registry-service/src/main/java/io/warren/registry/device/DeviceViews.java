package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.presence.Presence;
import io.warren.registry.presence.Presences;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Puts together what callers see of devices. */
@Component
public class DeviceViews {

    private final Devices devices;
    private final Presences presences;

    DeviceViews(Devices devices, Presences presences) {
        this.devices = devices;
        this.presences = presences;
    }

    /** What is seen of some hundreds of a tenant's devices at the most, in this order; those that do not exist are left out. */
    public List<DeviceView> of(TenantId tenant, List<DeviceId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<DeviceId, Device> known = devices.all(tenant, ids);
        Map<DeviceId, Presence> there = presences.of(tenant, ids);
        return ids.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(device -> DeviceView.of(
                        device, there.getOrDefault(device.address().device(), Presence.NEVER)))
                .toList();
    }

    DeviceView of(Device device) {
        DeviceAddress address = device.address();
        return DeviceView.of(
                device,
                presences
                        .of(address.tenant(), List.of(address.device()))
                        .getOrDefault(address.device(), Presence.NEVER));
    }
}
