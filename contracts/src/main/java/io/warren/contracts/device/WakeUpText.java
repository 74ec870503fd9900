package io.warren.contracts.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is sent to a sleeping device, as a short message for instance, so that it connects:
 * {@code WRN1 {time} {nonce} {signature}}, with a second signature behind a blank when the device has two secrets, because
 * nobody knows which of them it uses. A signature is the first half of an HMAC-SHA256 (RFC 2104, section 5) over
 * {@code WRN1 {device}@{tenant} {time} {nonce}}. Letters, digits and blanks only, {@value #LONGEST} characters at the most: the
 * same in ASCII and in the alphabet of GSM (3GPP TS 23.038).
 *
 * @param time when it was made, in seconds since 1970; it grows from one to the next of a device
 * @param nonce 16 random hexadecimal digits, in lower case
 * @param signatures 32 hexadecimal digits each, in lower case, checked or not; one or two
 */
public record WakeUpText(long time, String nonce, List<String> signatures) {

    /** How long a text may be. */
    public static final int LONGEST = 98;

    private static final String SCHEME = "WRN1";

    /** What the key of a device's tokens is turned into the key of its wake-ups with. No token has a signature over it. */
    private static final String KEY_LABEL = "warren-wake-up-v1";

    private static final int SIGNATURE_BYTES = 16;
    private static final Pattern FORM =
            Pattern.compile(SCHEME + " ([1-9][0-9]{9}) ([0-9a-f]{16}) ([0-9a-f]{32})(?: ([0-9a-f]{32}))?");

    public WakeUpText {
        signatures = List.copyOf(signatures);
    }

    /**
     * The key that wake-ups of a device are signed with: 32 bytes, with which no token can be made.
     *
     * @param tokenKey the key of the tokens of one of its secrets, see {@link AccessToken#key}
     */
    public static byte[] key(byte[] tokenKey) {
        return hmac(tokenKey, KEY_LABEL);
    }

    /**
     * A text for a device.
     *
     * @param keys one for each of its secrets, one or two
     */
    public static WakeUpText sign(DeviceAddress device, long time, String nonce, List<byte[]> keys) {
        return new WakeUpText(
                time,
                nonce,
                keys.stream().map(key -> signature(device, time, nonce, key)).toList());
    }

    /** Reads a text without checking it; empty if it is anything else. */
    public static Optional<WakeUpText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        List<String> signatures =
                form.group(4) == null ? List.of(form.group(3)) : List.of(form.group(3), form.group(4));
        return Optional.of(new WakeUpText(Long.parseLong(form.group(1)), form.group(2), signatures));
    }

    /** Whether one of the signatures is that of a key, for a device; found out in constant time. */
    public boolean isSignedWith(byte[] key, DeviceAddress device) {
        byte[] expected = ascii(signature(device, time, nonce, key));
        boolean found = false;
        for (String signature : signatures) {
            found |= MessageDigest.isEqual(expected, ascii(signature));
        }
        return found;
    }

    /** The text as it is sent. */
    public String text() {
        return SCHEME + " " + time + " " + nonce
                + signatures.stream().map(each -> " " + each).collect(Collectors.joining());
    }

    private static String signature(DeviceAddress device, long time, String nonce, byte[] key) {
        byte[] whole = hmac(key, SCHEME + " " + device + " " + time + " " + nonce);
        return HexFormat.of().formatHex(Arrays.copyOf(whole, SIGNATURE_BYTES));
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
