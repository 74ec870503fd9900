package io.warren.provisioning.registration;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.admission.Ruling;
import java.util.Arrays;
import java.util.List;

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

    /** Whether somebody has to decide still. */
    public boolean isWaiting() {
        return this == PENDING_APPROVAL || this == PENDING_HOOK || this == PENDING;
    }

    /**
     * The status that clients name so.
     *
     * @throws ProblemException if there is none
     */
    static RegistrationStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.INVALID,
                        "There is no such status.",
                        List.of(new Violation(
                                "status",
                                "one of "
                                        + Arrays.stream(values())
                                                .map(RegistrationStatus::text)
                                                .collect(joining(", "))))));
    }

    static RegistrationStatus of(Ruling.Reason reason) {
        return switch (reason) {
            case APPROVAL -> PENDING_APPROVAL;
            case HOOK -> PENDING_HOOK;
        };
    }
}
