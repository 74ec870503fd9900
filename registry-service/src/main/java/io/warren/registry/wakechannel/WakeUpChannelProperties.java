package io.warren.registry.wakechannel;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How wake-up channels are kept.
 *
 * @param sealingKey base64 of the 32 random bytes that the secrets of channels are sealed with, a secret file, the same for all
 *     replicas. Changed, the secret of each channel must be set again
 */
@Validated
@ConfigurationProperties("warren.wake-up-channel")
record WakeUpChannelProperties(@NotBlank String sealingKey) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "WakeUpChannelProperties[]";
    }
}
