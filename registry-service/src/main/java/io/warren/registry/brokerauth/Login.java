package io.warren.registry.brokerauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What a device may sign in with.
 *
 * @param enabled whether it may at all
 * @param secrets SHA-256 of each of its secrets
 */
record Login(boolean enabled, List<byte[]> secrets) {

    /** The login of a device that does not exist. */
    static final Login NONE = new Login(false, List.of());

    /** Compares in constant time. */
    boolean accepts(String password) {
        byte[] presented = sha256(password);
        boolean accepted = false;
        for (byte[] secret : secrets) {
            accepted |= MessageDigest.isEqual(secret, presented);
        }
        return accepted && enabled;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
