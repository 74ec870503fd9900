package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Provisioning's answer to a {@link CertificateQuestion}.
 *
 * @param outcome what became of the question
 * @param issued the certificate, if one was issued
 * @param reason why there is none, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateAnswer(
        Outcome outcome, @Nullable Issued issued, @Nullable String reason) {

    /** What became of a question. */
    public enum Outcome {
        ISSUED,
        /** The device may have no other, and was given none for that key. */
        NONE,
        /** The request for certification cannot be used, now or later. */
        REFUSED,
        /** There is no authority at the moment. */
        UNAVAILABLE
    }

    /**
     * A certificate.
     *
     * @param certificate it and those of the authorities between it and the root, in PEM
     * @param serial its number, lower-case hexadecimal without leading zeros
     * @param sha256 SHA-256 of its encoding (DER), lower-case hexadecimal
     * @param expiresAt when it ends
     * @param renewAfter when the device is to ask for the next one
     */
    public record Issued(String certificate, String serial, String sha256, Instant expiresAt, Instant renewAfter) {}
}
