package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.platform.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Seals what devices show when they bootstrap, for provisioning's eyes only, which has the same key. */
@Component
public class SealedProofs {

    private final Seal seal;

    SealedProofs(CredentialProperties properties) {
        this.seal = new Seal(properties.tokenSealingKey());
    }

    /** A proof as it travels, base64. */
    public String close(DeviceAddress device, String proof) {
        return Base64.getEncoder()
                .encodeToString(
                        seal.close(proof.getBytes(StandardCharsets.UTF_8), BootstrapSignInQuestion.proofPlace(device)));
    }
}
