package io.warren.provisioning.certificate;

import java.time.Instant;

/**
 * A device's certificate, as it is given to the device.
 *
 * @param pem the certificate and, behind it, those of the authorities between it and the root
 * @param serial its number, lower-case hexadecimal without leading zeros
 * @param sha256 SHA-256 of its encoding (DER), lower-case hexadecimal
 * @param expiresAt when it ends
 * @param renewAfter when the device is to ask for the next one
 * @param repeated whether the device may have had it before
 */
public record IssuedCertificate(
        String pem, String serial, String sha256, Instant expiresAt, Instant renewAfter, boolean repeated) {}
