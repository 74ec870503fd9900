package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.Embeddable;

/** A wake-up channel's primary key. */
@Embeddable
record WakeUpChannelKey(String tenant, String id) {

    static WakeUpChannelKey of(TenantId tenant, String id) {
        return new WakeUpChannelKey(tenant.value(), id);
    }
}
