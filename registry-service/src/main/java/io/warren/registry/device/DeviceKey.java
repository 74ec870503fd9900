package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import jakarta.persistence.Embeddable;

/** A device's primary key. */
@Embeddable
record DeviceKey(String tenant, String id) {

    static DeviceKey of(DeviceAddress address) {
        return new DeviceKey(address.tenant().value(), address.device().value());
    }

    DeviceAddress address() {
        return DeviceAddress.of(tenant, id);
    }
}
