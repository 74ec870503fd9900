package io.warren.registry.group;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.Embeddable;

/** A group's primary key. */
@Embeddable
record GroupKey(String tenant, String id) {

    static GroupKey of(TenantId tenant, String id) {
        return new GroupKey(tenant.value(), id);
    }
}
