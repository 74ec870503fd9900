package io.warren.contracts.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a device may show in place of its secret, so that the secret never travels:
 * {@code SharedAccessSignature sr={device}@{tenant}&se={expiry}&sig={signature}}. The signature is HMAC-SHA256 (RFC 2104) over
 * {@code {device}@{tenant}}, a line feed and the expiry, in base64url without padding (RFC 4648).
 *
 * @param device the device that it is for
 * @param expiry until when it is good, in seconds since 1970
 * @param signature as it stands in the token, checked or not
 */
public record AccessToken(DeviceAddress device, long expiry, String signature) {

    /** What every token begins with, and no secret does. */
    public static final String SCHEME = "SharedAccessSignature ";

    /** What a secret is turned into the key of its tokens with. */
    private static final String KEY_LABEL = "warren-token-v1";

    private static final int LONGEST = 192;
    private static final Pattern FORM =
            Pattern.compile(SCHEME + "sr=([^&]{3,97})&se=([1-9][0-9]{0,10})&sig=([A-Za-z0-9_-]{43})");

    /** The key of the tokens that the holder of a secret signs: 32 bytes, which do not give the secret away. */
    public static byte[] key(String secret) {
        return hmac(secret.getBytes(StandardCharsets.UTF_8), KEY_LABEL);
    }

    /** A token signed with a key. */
    public static AccessToken sign(DeviceAddress device, Instant expiry, byte[] key) {
        long seconds = expiry.getEpochSecond();
        return new AccessToken(device, seconds, signature(device, seconds, key));
    }

    /** Reads a token without checking it; empty if the text is anything else. */
    public static Optional<AccessToken> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return DeviceAddress.parse(form.group(1))
                .map(device -> new AccessToken(device, Long.parseLong(form.group(2)), form.group(3)));
    }

    /** Whether the signature is that of a key; found out in constant time. */
    public boolean isSignedWith(byte[] key) {
        return MessageDigest.isEqual(ascii(signature(device, expiry, key)), ascii(signature));
    }

    /** Until when the token is good. */
    public Instant expiresAt() {
        return Instant.ofEpochSecond(expiry);
    }

    /** The token as it stands in a password: good in the hands of whoever has it. */
    public String text() {
        return SCHEME + "sr=" + device + "&se=" + expiry + "&sig=" + signature;
    }

    @Override
    public String toString() {
        return "AccessToken[" + device + " until " + expiresAt() + "]";
    }

    private static String signature(DeviceAddress device, long expiry, byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, device + "\n" + expiry));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
        }
    }
}
