package io.warren.registry.credential;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How credentials are kept.
 *
 * @param tokenSealingKey base64 of the 32 random bytes that the keys of devices' tokens are sealed with, a secret file; the same
 *     as provisioning's, for all replicas. Changed, no token of a secret made before is taken any more; the secrets themselves are
 * @param caFile PEM bundle of the authorities whose certificates the broker takes from devices, the same as the broker's
 */
@Validated
@ConfigurationProperties("warren.credential")
record CredentialProperties(
        @NotBlank String tokenSealingKey, @NotNull Path caFile) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "CredentialProperties[…]";
    }
}
