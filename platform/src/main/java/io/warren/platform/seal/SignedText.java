package io.warren.platform.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs short texts, so that they can be given away in an address and be believed when they come back: the text, base64url, a
 * dot, and its HMAC-SHA256 (RFC 2104), base64url. Anybody can read them; nothing is kept about them.
 */
public final class SignedText {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    /**
     * Signs with a key.
     *
     * @param key base64 of at least 32 random bytes
     * @param name of the setting that it comes from, for whoever has to mend it
     * @throws IllegalStateException if it is not that
     */
    public SignedText(String key, String name) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(name + " is not base64", e);
        }
        if (bytes.length < KEY_BYTES) {
            throw new IllegalStateException(name + " has less than 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The signed text, of letters, digits, {@code -}, {@code _} and one dot. */
    public String sign(String text) {
        String payload = ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return payload + "." + mac(payload);
    }

    /** The text that was signed; empty if it was not with this key. The signature is compared in constant time. */
    public Optional<String> read(String signed) {
        int dot = signed.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String payload = signed.substring(0, dot);
        byte[] signature = signed.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(mac(payload).getBytes(StandardCharsets.UTF_8), signature)) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    /** Of the text as it stands in the address, so that there is one spelling of it only. */
    private String mac(String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ENCODER.encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
        }
    }
}
