package io.warren.provisioning.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment as integrators see it.
 *
 * @param claimedBy the device that it admitted
 * @param claimToken the token, in the answer that creates the enrolment and never again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollmentView(
        String id,
        EnrollmentRequest.Attestation attestation,
        Status status,
        @Nullable String deviceId,
        @Nullable String deviceType,
        Map<String, String> tags,
        @Nullable Instant expiresAt,
        Instant createdAt,
        @Nullable String claimedBy,
        @Nullable Instant claimedAt,
        @Nullable Instant revokedAt,
        @Nullable String claimToken) {

    EnrollmentView with(ClaimToken token) {
        return new EnrollmentView(
                id,
                attestation,
                status,
                deviceId,
                deviceType,
                tags,
                expiresAt,
                createdAt,
                claimedBy,
                claimedAt,
                revokedAt,
                token.value());
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
}
