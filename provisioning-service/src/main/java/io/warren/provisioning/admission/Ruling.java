package io.warren.provisioning.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.attestation.Refusal;

/** What a step says of a device. */
public sealed interface Ruling {

    /** The next step is asked, with what is granted now. */
    record Pass(Grant grant) implements Ruling {}

    /** The device is turned away. */
    record Refuse(Refusal refusal) implements Ruling {}

    /** The device is to come again later. */
    record Wait(Reason reason) implements Ruling {}

    /** The device belongs to another installation. */
    record Send(Platform platform) implements Ruling {}

    /** What a device waits for. */
    enum Reason {
        /** A person has to agree. */
        @JsonProperty("pending-approval")
        APPROVAL,
        /** The tenant's own system has to agree. */
        @JsonProperty("pending-hook")
        HOOK
    }

    /** Lets a device pass as it is. */
    static Ruling pass(Candidate candidate) {
        return new Pass(candidate.grant());
    }

    /** Turns a device away that is known, and told why. */
    static Ruling refuse(Candidate candidate, String reason) {
        return new Refuse(Refusal.unwanted(reason, candidate.door()));
    }
}
