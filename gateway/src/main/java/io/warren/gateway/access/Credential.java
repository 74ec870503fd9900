package io.warren.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code wk_<id>_<secret>}. Any other text is the secret of the bootstrap key, which an
 * operator may have made with whatever makes random text.
 *
 * @param id names the key; not a secret
 * @param secret 256 bits of chance, so that a plain hash is enough to keep it
 */
record Credential(String id, String secret) {

    /** The id of the key that comes with the installation. */
    static final String BOOTSTRAP_ID = "bootstrap";

    private static final Pattern FORM = Pattern.compile("wk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Credential generate() {
        return renew(HexFormat.of().formatHex(random(ID_BYTES)));
    }

    /** Another secret for a key that there is. */
    static Credential renew(String id) {
        return new Credential(id, newSecret());
    }

    static Credential parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new Credential(matcher.group(1), matcher.group(2))
                : new Credential(BOOTSTRAP_ID, text);
    }

    /** What the holder is shown once and sends with each request. */
    String text() {
        return "wk_" + id + "_" + secret;
    }

    /** What is kept: SHA-256 of the secret. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Credential[" + id + "]";
    }

    private static String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
