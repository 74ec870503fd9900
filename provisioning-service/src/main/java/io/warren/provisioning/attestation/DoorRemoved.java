package io.warren.provisioning.attestation;

import io.warren.contracts.device.TenantId;

/**
 * A tenant has removed an enrolment group: said inside the transaction that does it. What was granted there ends with it, for another
 * group may have the same id later.
 *
 * @param group its id
 */
public record DoorRemoved(TenantId tenant, String group) {

    /** The name of the door. */
    public String door() {
        return Door.name(Door.Kind.GROUP, group);
    }
}
