package io.warren.provisioning.attestation;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, by the word of the platform and not of the device.
 *
 * @param address the device's network address; absent if the transport does not tell
 * @param certificates the client certificate of its TLS connection and the authorities sent with it; empty without one. Nothing is
 *     known of them but that the device has the first one's key
 */
public record Source(@Nullable String address, List<X509Certificate> certificates) {

    /** Where nothing is known. */
    public static final Source UNKNOWN = new Source(null, List.of());
}
