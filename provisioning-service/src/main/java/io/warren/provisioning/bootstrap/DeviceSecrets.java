package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Derives a device's secret from what admitted it, so that a device that lost the answer gets the same one again although
 * nobody keeps it. It is HMAC-SHA256 (RFC 2104) under a key that only this service knows.
 */
@Component
class DeviceSecrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Seal seal;

    DeviceSecrets(BootstrapProperties properties) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(properties.derivationKey().strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("warren.provisioning.derivation-key is not base64", e);
        }
        if (bytes.length < KEY_BYTES) {
            throw new IllegalStateException("warren.provisioning.derivation-key has less than 32 bytes");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
        seal = new Seal(properties.tokenSealingKey());
    }

    /**
     * The secret of a device: 256 bits, base64url.
     *
     * @param door what let it in
     * @param shown the claim token; empty where there is none
     * @param generation how often it was provisioned anew
     */
    String derive(DeviceAddress address, String door, String shown, int generation) {
        // a line break is in none of the parts, so that no two different lists of parts make the same text
        String text = String.join(
                "\n",
                "device-secret",
                address.tenant().value(),
                address.device().value(),
                door,
                shown);
        if (generation > 0) {
            text += "\n" + generation;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The key of the tokens that a device signs with its secret, for the registry's eyes only.
     *
     * @param sha256 SHA-256 of the secret, as the registry is told it
     */
    String sealedTokenKey(DeviceAddress address, String secret, String sha256) {
        return Base64.getEncoder()
                .encodeToString(
                        seal.close(AccessToken.key(secret), RegistrationRequest.tokenKeyPlace(address, sha256)));
    }
}
