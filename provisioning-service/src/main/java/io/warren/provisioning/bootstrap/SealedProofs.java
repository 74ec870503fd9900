package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.platform.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Opens what the registry has sealed of what devices showed to the broker. */
@Component
public class SealedProofs {

    private final Seal seal;

    SealedProofs(BootstrapProperties properties) {
        this.seal = new Seal(properties.tokenSealingKey());
    }

    /** What a device has shown; empty if it is not sealed for this device and installation. */
    public Optional<String> open(DeviceAddress device, String sealed) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return seal.open(bytes, BootstrapSignInQuestion.proofPlace(device))
                .map(proof -> new String(proof, StandardCharsets.UTF_8));
    }
}
