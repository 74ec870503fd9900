package io.warren.registry.credential;

import java.time.Instant;

/**
 * What is kept of a device's certificate.
 *
 * @param sha256 SHA-256 of its encoding (DER)
 * @param serial its number in hexadecimal digits, as {@code openssl} shows it
 * @param expiresAt when it ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DeviceCertificate(byte[] sha256, String serial, Instant expiresAt) implements Proof {}
