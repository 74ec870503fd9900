package io.warren.registry.devicetype;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.Embeddable;

/** A device type's primary key. */
@Embeddable
record DeviceTypeKey(String tenant, String id) {

    static DeviceTypeKey of(TenantId tenant, String id) {
        return new DeviceTypeKey(tenant.value(), id);
    }
}
