package io.warren.provisioning.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as integrators see it.
 *
 * @param serial its number, lower-case hexadecimal without leading zeros
 * @param sha256 SHA-256 of its encoding (DER), lower-case hexadecimal
 * @param issuer the authority that issued it
 * @param door what the device came through
 * @param registrationId the attempt to register that it was issued for
 * @param renewAfter when the device is to ask for the next one
 * @param reason why it was revoked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CertificateView(
        String serial,
        String deviceId,
        Status status,
        String sha256,
        String issuer,
        String door,
        @Nullable UUID registrationId,
        Instant issuedAt,
        Instant expiresAt,
        Instant renewAfter,
        @Nullable Instant revokedAt,
        @Nullable RevocationReason reason) {

    /** Whether it is good. */
    enum Status {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("revoked")
        REVOKED
    }
}
