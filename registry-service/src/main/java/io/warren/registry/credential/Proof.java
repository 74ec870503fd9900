package io.warren.registry.credential;

/** What is kept of what a device proves itself with. */
public sealed interface Proof permits SecretProof, DeviceCertificate {

    /** SHA-256 of the secret or of the certificate. */
    byte[] sha256();
}
