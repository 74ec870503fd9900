package io.warren.registry.credential;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How credentials are kept.
 *
 * @param tokenSealingKey base64 of the 32 random bytes that the keys of devices' tokens are sealed with, a secret file; the same
 *     as provisioning's, for all replicas. Changed, no token of a secret made before is taken any more; the secrets themselves are
 */
@Validated
@ConfigurationProperties("warren.credential")
record CredentialProperties(@NotBlank String tokenSealingKey) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "CredentialProperties[…]";
    }
}
