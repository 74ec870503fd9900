package io.warren.registry.credential;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.seal.Seal;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The keys that devices sign tokens with. Whoever has one can make tokens, so they are sealed with a key that is not in the
 * database, each for its device and secret.
 */
@Component
public class TokenKeys {

    private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

    private final Seal seal;

    TokenKeys(CredentialProperties properties) {
        this.seal = new Seal(properties.tokenSealingKey());
    }

    /** What is to be kept of a device's secret. */
    SecretProof proofOf(DeviceAddress device, Secret secret) {
        byte[] sha256 = secret.sha256();
        return new SecretProof(sha256, seal.close(AccessToken.key(secret.text()), place(device, sha256)));
    }

    /** The key of a device's secret; empty if there is none, or if it is not sealed for this device, secret and installation. */
    public Optional<byte[]> open(DeviceAddress device, SecretProof proof) {
        byte[] sealed = proof.sealedTokenKey();
        if (sealed == null) {
            return Optional.empty();
        }
        Optional<byte[]> key = seal.open(sealed, place(device, proof.sha256()));
        if (key.isEmpty()) {
            log.warn("The key of tokens of {} is not sealed with warren.credential.token-sealing-key", device);
        }
        return key;
    }

    private static String place(DeviceAddress device, byte[] sha256) {
        return RegistrationRequest.tokenKeyPlace(device, HexFormat.of().formatHex(sha256));
    }
}
