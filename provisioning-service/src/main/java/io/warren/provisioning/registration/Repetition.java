package io.warren.provisioning.registration;

import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.provisioning.attestation.Refusal;

/** What it means that a device asks again. */
sealed interface Repetition {

    /** It asks for the same as before: it has waited, or has lost the answer. */
    record Same(boolean approved) implements Repetition {}

    /** It is to be provisioned anew. */
    record Anew(Mode mode) implements Repetition {}

    /** It is another board than the one that has the registration, and does not touch it. */
    record Other(Refusal refusal) implements Repetition {}

    /** It may not ask again. */
    record Refused(Refusal refusal) implements Repetition {}
}
