package io.warren.provisioning.x509;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** When certificates are valid: from their first second to their last, both included (RFC 5280, section 4.1.2.5). */
final class Validity {

    private Validity() {}

    static Optional<Flaw> flaw(X509Certificate certificate, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of(Flaw.NOT_YET_VALID);
        }
        return now.isAfter(certificate.getNotAfter().toInstant()) ? Optional.of(Flaw.EXPIRED) : Optional.empty();
    }
}
