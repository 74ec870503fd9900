package io.warren.provisioning.enrollment;

import io.warren.provisioning.attestation.AttestationKind;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of how a device proves itself; of each kind one is there.
 *
 * @param tokenSha256 SHA-256 of the claim token
 * @param sealedKey the device's key, sealed
 * @param publicKey base64 of the {@code SubjectPublicKeyInfo}
 * @param certificateSha256 SHA-256 of the certificate
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Proof(
        AttestationKind kind,
        byte @Nullable [] tokenSha256,
        byte @Nullable [] sealedKey,
        @Nullable String publicKey,
        byte @Nullable [] certificateSha256) {

    static Proof of(ClaimToken token) {
        return ofToken(token.sha256());
    }

    static Proof ofToken(byte[] sha256) {
        return new Proof(AttestationKind.CLAIM_TOKEN, sha256, null, null, null);
    }

    static Proof ofKey(byte[] sealed) {
        return new Proof(AttestationKind.SYMMETRIC_KEY, null, sealed, null, null);
    }

    static Proof ofPublicKey(String key) {
        return new Proof(AttestationKind.PUBLIC_KEY, null, null, key, null);
    }

    static Proof ofCertificate(byte[] sha256) {
        return new Proof(AttestationKind.X509, null, null, null, sha256);
    }
}
