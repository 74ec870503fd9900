package io.warren.provisioning.attestation;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that a device shares with the platform, or a group of which the keys of devices are derived: 32 bytes, base64url.
 *
 * @param text the key as devices and integrators write it
 */
public record SymmetricKey(String text) {

    /** The form of the text: 32 bytes in base64url without padding have no other. */
    public static final String FORM = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

    /** How long a token that is signed with a key is good at most. */
    public static final Duration LONGEST_TOKEN = Duration.ofHours(24);

    /** How far a device's clock may be off. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern VALID = Pattern.compile(FORM);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    /** A key; what is none is an {@link IllegalArgumentException}. */
    public SymmetricKey {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException("A key is 32 bytes in base64url without padding");
        }
    }

    /** A new key. */
    public static SymmetricKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    /** The key of one of a group's devices: HMAC-SHA256 (RFC 2104), keyed with the group's 32 bytes, of the registration id. */
    public SymmetricKey ofDevice(String registrationId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(text), ALGORITHM));
            return of(mac.doFinal(registrationId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
        }
    }

    /**
     * What is wrong with a proof of this key, in words for the tenant; empty if nothing is.
     *
     * @param proof the key itself, or an {@link AccessToken} that is signed with {@link AccessToken#key} of it
     */
    public Optional<String> flaw(String proof, DeviceAddress device, Instant now) {
        if (!proof.startsWith(AccessToken.SCHEME)) {
            return MessageDigest.isEqual(ascii(text), ascii(proof))
                    ? Optional.empty()
                    : Optional.of("The key is not that of this device.");
        }
        Optional<AccessToken> parsed = AccessToken.parse(proof);
        if (parsed.isEmpty()) {
            return Optional.of("The token is malformed.");
        }
        AccessToken token = parsed.get();
        if (!token.isSignedWith(AccessToken.key(text))) {
            return Optional.of("The token is not signed with the key of this device.");
        }
        if (!token.device().equals(device)) {
            return Optional.of("The token is for another device.");
        }
        if (!now.isBefore(token.expiresAt().plus(SKEW))) {
            return Optional.of("The token has expired.");
        }
        return token.expiresAt().isAfter(now.plus(LONGEST_TOKEN).plus(SKEW))
                ? Optional.of("The token is good for more than a day.")
                : Optional.empty();
    }

    private static SymmetricKey of(byte[] bytes) {
        return new SymmetricKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "SymmetricKey[…]";
    }
}
