package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.registry.credential.Proof;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration.Admission;
import io.warren.registry.device.Newcomer;
import io.warren.registry.device.Origin;

/**
 * A device that provisioning vouches for in a request that can be read.
 *
 * @param proof what it has to prove itself with from now on
 * @param description what it is, if it is new
 */
record Applicant(RegistrationRequest request, DeviceAddress address, Proof proof, DeviceDescription description) {

    TenantId tenant() {
        return address.tenant();
    }

    DeviceId device() {
        return address.device();
    }

    Newcomer newcomer() {
        return new Newcomer(
                description, new Origin(request.enrollment(), request.attempt()), request.mode() == Mode.REPLACE);
    }

    /**
     * Whether something is to be said of what it is to be like at first.
     *
     * @param isNewProof whether it could not prove itself with this before
     */
    boolean begins(Admission admission, boolean isNewProof) {
        boolean isReset = request.mode() == Mode.RESET;
        return switch (admission) {
            case NEW -> isReset || request.desired() != null;
            // what was done at the same request before is not done again: its answer was lost
            case KNOWN -> isReset && (isNewProof || request.attempt() != null);
            case REPEATED, REPLACED, DISABLED, OTHERS -> false;
        };
    }
}
