package io.warren.registry.signin;

import io.warren.contracts.device.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device may sign in with.
 *
 * @param enabled whether it may at all
 * @param secrets what is known of each of its secrets
 * @param certifiedUntil when the last of its certificates ends; absent if it has none
 * @param withToken whether it entered the broker with a token last time
 */
record Login(
        boolean enabled,
        List<KnownSecret> secrets,
        @Nullable Instant certifiedUntil,
        boolean withToken) {

    /** The login of a device that does not exist. */
    static final Login NONE = new Login(false, List.of(), null, false);

    /** Whether there is such a device. */
    @SuppressWarnings("ReferenceEquality") // a device without secrets that is disabled is one
    boolean exists() {
        return this != NONE;
    }

    /** Whether this is one of the secrets; found out in constant time. */
    boolean hasSecret(String password) {
        byte[] presented = sha256(password);
        boolean has = false;
        for (KnownSecret secret : secrets) {
            has |= MessageDigest.isEqual(secret.sha256(), presented);
        }
        return has;
    }

    /** Whether a token is signed with the key of one of the secrets. */
    boolean hasSigned(AccessToken token) {
        boolean has = false;
        for (KnownSecret secret : secrets) {
            if (secret.tokenKey() != null) {
                has |= token.isSignedWith(secret.tokenKey());
            }
        }
        return has;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What is known of a secret.
     *
     * @param sha256 its hash
     * @param tokenKey the key of the tokens signed with it; absent for a secret from before there were tokens
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record KnownSecret(byte[] sha256, byte @Nullable [] tokenKey) {}
}
