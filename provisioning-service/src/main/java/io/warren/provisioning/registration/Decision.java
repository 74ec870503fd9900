package io.warren.provisioning.registration;

import io.warren.contracts.registry.RegistrationRequest;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.attestation.Refusal;
import java.util.Map;
import java.util.UUID;

/** What was decided on an attempt, and is recorded. */
public sealed interface Decision {

    /**
     * The device is let in, if the registry takes it.
     *
     * @param registration the row that keeps account of it
     * @param generation grows each time the device is provisioned anew
     * @param mode what the registry is to do with a device that it knows
     * @param identifiers what the device is known by physically
     * @param grant what the device gets
     */
    record Admitted(
            UUID registration,
            int generation,
            RegistrationRequest.Mode mode,
            Map<String, String> identifiers,
            Grant grant)
            implements Decision {}

    /** The device is turned away. */
    record Refused(Refusal refusal) implements Decision {}

    /** The device is to come again. */
    record Waiting(UUID registration, RegistrationStatus status) implements Decision {}

    /** The device belongs to another installation. */
    record Elsewhere(UUID registration, Platform platform) implements Decision {}
}
