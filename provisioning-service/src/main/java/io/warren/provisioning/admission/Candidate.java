package io.warren.provisioning.admission;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.policy.EnrollmentPolicy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that has proven itself and asks to be let in.
 *
 * @param registration the row that keeps account of it
 * @param generation grows each time it is provisioned anew; with the registration it names what is decided once
 * @param tenant where it wants to register
 * @param attested who it is
 * @param wantsCertificate whether it asks for a certificate, and not a secret
 * @param admitted whether it was let in before, so that it has its place already
 * @param named whether what it is called was decided before, and stays so
 * @param approved whether a person has agreed to it
 * @param replacing whether it is another board that is to take a device over
 * @param assigned where it was sent before; absent if it was not
 * @param grant what it gets, as far as that is decided
 */
public record Candidate(
        UUID registration,
        int generation,
        TenantId tenant,
        Attested attested,
        boolean wantsCertificate,
        boolean admitted,
        boolean named,
        boolean approved,
        boolean replacing,
        @Nullable Platform assigned,
        Grant grant) {

    /** What it came through. */
    public Door door() {
        return attested.door();
    }

    /** What is to be done with it. */
    public EnrollmentPolicy policy() {
        return attested.door().policy();
    }

    /** What it is to be called. */
    public DeviceAddress address() {
        return new DeviceAddress(tenant, grant.device());
    }

    /** The same with more decided. */
    public Candidate with(Grant more) {
        return new Candidate(
                registration,
                generation,
                tenant,
                attested,
                wantsCertificate,
                admitted,
                named,
                approved,
                replacing,
                assigned,
                more);
    }
}
