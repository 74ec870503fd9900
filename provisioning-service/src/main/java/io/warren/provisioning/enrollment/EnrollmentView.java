package io.warren.provisioning.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Naming;
import io.warren.provisioning.policy.Webhook;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An enrolment as integrators see it.
 *
 * @param attestation with the key of the kind {@code symmetric-key} in the answer that creates the enrolment and never again
 * @param group the enrolment group whose policy counts, if it is one of its claim tokens
 * @param claimedBy the device that it admitted
 * @param claimToken the token, in the answer that creates the enrolment and never again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollmentView(
        String id,
        EnrollmentAttestation attestation,
        Status status,
        @Nullable String deviceId,
        @Nullable String group,
        @Nullable String deviceType,
        Map<String, String> tags,
        @Nullable JsonNode state,
        @Nullable Naming naming,
        @Nullable Instant validFrom,
        @Nullable Instant expiresAt,
        EnrollmentPolicy.Approval approval,
        EnrollmentPolicy.Reprovisioning reprovisioning,
        EnrollmentPolicy.Replacement replacement,
        @Nullable Assignment assignment,
        @Nullable Webhook hook,
        EnrollmentPolicy.Credentials credentials,
        Instant createdAt,
        @Nullable String claimedBy,
        @Nullable Instant claimedAt,
        @Nullable Instant revokedAt,
        @Nullable String claimToken) {

    /** The same with what is shown of its proof this once. */
    EnrollmentView with(Proofs.Made made) {
        return new EnrollmentView(
                id,
                made.key() == null
                        ? attestation
                        : new EnrollmentAttestation(
                                attestation.kind(), made.key().text(), null, null, null),
                status,
                deviceId,
                group,
                deviceType,
                tags,
                state,
                naming,
                validFrom,
                expiresAt,
                approval,
                reprovisioning,
                replacement,
                assignment,
                hook,
                credentials,
                createdAt,
                claimedBy,
                claimedAt,
                revokedAt,
                made.claimToken() == null ? null : made.claimToken().value());
    }

    /** Where an enrolment is in its life. */
    enum Status {
        /** It waits for its device. */
        @JsonProperty("open")
        OPEN,
        /** It has admitted its device, which may still repeat its request. */
        @JsonProperty("claimed")
        CLAIMED,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("revoked")
        REVOKED
    }

    /** Keeps the claim token out of logs. */
    @Override
    public String toString() {
        return "EnrollmentView[" + id + "]";
    }
}
