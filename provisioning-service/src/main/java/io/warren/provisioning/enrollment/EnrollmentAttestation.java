package io.warren.provisioning.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.signedproof.PublicKeys;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * How the device of an enrolment proves itself.
 *
 * @param key of the kind {@code symmetric-key}: left out, it is made. It is in the answer that makes the enrolment, and never again
 * @param publicKey of the kind {@code public-key}: in PEM, as a JWK, or base64; shown as base64
 * @param certificate of the kind {@code x509}: the device's own, in PEM
 * @param certificateSha256 in place of the certificate: SHA-256 of its encoding (DER), hexadecimal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollmentAttestation(
        @NotNull AttestationKind kind,

        @Nullable @Pattern(regexp = SymmetricKey.FORM, message = "32 bytes in base64url without padding")
        String key,

        @Nullable @Size(min = 1, max = PublicKeys.LONGEST) String publicKey,
        @Nullable @Size(min = 1, max = 16_384) String certificate,

        @Nullable @Pattern(regexp = "[0-9a-f]{64}", message = "64 hexadecimal digits in lower case")
        String certificateSha256) {

    static final EnrollmentAttestation CLAIM_TOKEN =
            new EnrollmentAttestation(AttestationKind.CLAIM_TOKEN, null, null, null, null);

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "EnrollmentAttestation[kind=" + kind + "]";
    }
}
