package io.warren.provisioning.sealing;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the secrets of enrolments are kept.
 *
 * @param enrollmentSealingKey base64 of the 32 random bytes that the keys and secrets of enrolments and groups are sealed with, a secret
 *     file, the same for all replicas. Changed, each of them must be set again
 */
@Validated
@ConfigurationProperties("warren.provisioning")
record SealingProperties(@NotBlank String enrollmentSealingKey) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "SealingProperties[]";
    }
}
