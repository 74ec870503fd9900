package io.warren.provisioning.certificate;

/**
 * A certificate was revoked: said inside the transaction that does it.
 *
 * @param issuer the authority that issued it
 */
public record CertificateRevoked(String issuer) {}
