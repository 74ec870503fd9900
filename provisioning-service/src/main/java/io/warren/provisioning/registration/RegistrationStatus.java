package io.warren.provisioning.registration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.admission.Ruling;

/** Where a registration is. */
public enum RegistrationStatus {
    /** A person has to agree. */
    @JsonProperty("pending-approval")
    PENDING_APPROVAL("pending-approval"),
    /** The tenant's own system has to agree. */
    @JsonProperty("pending-hook")
    PENDING_HOOK("pending-hook"),
    /** The device was let in; the registry has not answered yet, or the device has not come for its answer. */
    @JsonProperty("pending")
    PENDING("pending"),
    /** The device has an identity. */
    @JsonProperty("registered")
    REGISTERED("registered"),
    /** The device belongs to another installation. */
    @JsonProperty("assigned")
    ASSIGNED("assigned"),
    /** The device was turned away. */
    @JsonProperty("refused")
    REFUSED("refused");

    private final String text;

    RegistrationStatus(String text) {
        this.text = text;
    }

    /** The status as clients see it. */
    public String text() {
        return text;
    }

    static RegistrationStatus of(Ruling.Reason reason) {
        return switch (reason) {
            case APPROVAL -> PENDING_APPROVAL;
            case HOOK -> PENDING_HOOK;
        };
    }
}
