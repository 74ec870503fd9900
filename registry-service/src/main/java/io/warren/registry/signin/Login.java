package io.warren.registry.signin;

import io.warren.contracts.device.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device may sign in with.
 *
 * @param enabled whether it may at all
 * @param secrets what is known of each of its secrets
 * @param certificates what is known of each of its certificates
 * @param withToken whether it entered the broker with a token last time
 */
record Login(boolean enabled, List<KnownSecret> secrets, List<KnownCertificate> certificates, boolean withToken) {

    /** The login of a device that does not exist. */
    static final Login NONE = new Login(false, List.of(), List.of(), false);

    /** Whether there is such a device. */
    @SuppressWarnings("ReferenceEquality") // a device without secrets that is disabled is one
    boolean exists() {
        return this != NONE;
    }

    /** When the last of the certificates ends; empty if there is none. */
    Optional<Instant> certifiedUntil() {
        return certificates.stream().map(KnownCertificate::expiresAt).max(Comparator.naturalOrder());
    }

    /** When one of the certificates ends; empty if it is none of them. */
    Optional<Instant> certifiedUntil(byte[] sha256) {
        return certificates.stream()
                .filter(certificate -> Arrays.equals(certificate.sha256(), sha256))
                .map(KnownCertificate::expiresAt)
                .findFirst();
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

    /**
     * What is known of a certificate.
     *
     * @param sha256 of its encoding (DER)
     * @param expiresAt when it ends
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record KnownCertificate(byte[] sha256, Instant expiresAt) {}
}
