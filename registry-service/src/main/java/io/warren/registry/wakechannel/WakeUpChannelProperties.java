package io.warren.registry.wakechannel;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where wake-up channels may lead.
 *
 * @param sealingKey base64 of the 32 random bytes that the secrets of channels are sealed with, a secret file, the same for all
 *     replicas. Changed, the secret of each channel must be set again
 * @param allowedNetworks networks that channels may be in although they are not public, such as {@code 10.20.0.0/16}, with commas
 *     between them; a tenant's integrator can have the service connect to any address in them
 * @param caFile PEM bundle of authorities that the certificates of gateways may come from; left out, those that Java knows
 */
@Validated
@ConfigurationProperties("warren.wake-up-channel")
record WakeUpChannelProperties(
        @NotBlank String sealingKey,
        @DefaultValue List<Network> allowedNetworks,
        @Nullable Path caFile) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "WakeUpChannelProperties[allowedNetworks=" + allowedNetworks + ", caFile=" + caFile + "]";
    }
}
