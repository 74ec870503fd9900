package io.warren.provisioning.authority;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.Embeddable;

/** A certificate authority's primary key. */
@Embeddable
record AuthorityKey(String tenant, String id) {

    static AuthorityKey of(TenantId tenant, String id) {
        return new AuthorityKey(tenant.value(), id);
    }
}
