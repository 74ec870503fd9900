package io.warren.provisioning.authority;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.x509.TrustAnchors;
import io.warren.provisioning.x509.X509Certificates;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An authority as a tenant wants it, checked.
 *
 * @param certificate its own
 * @param rules what is taken out of the certificates that it issues
 * @param validFrom from when on it is trusted, within its own validity
 * @param validUntil until when it is trusted, within its own validity
 */
record AuthorityDescription(X509Certificate certificate, AuthorityRules rules, Instant validFrom, Instant validUntil) {

    /**
     * Reads a request.
     *
     * @throws ProblemException if the certificate is not one to trust, or the time is not within its validity
     */
    static AuthorityDescription of(AuthorityRequest request, Instant now) {
        X509Certificate certificate = single(request.certificate());
        TrustAnchors.objection(certificate, now).ifPresent(objection -> {
            throw invalid(List.of(new Violation("/certificate", objection)));
        });
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        AuthorityDescription description = new AuthorityDescription(
                certificate,
                Objects.requireNonNullElse(request.rules(), AuthorityRules.USUAL),
                Objects.requireNonNullElse(request.validFrom(), notBefore),
                Objects.requireNonNullElse(request.validUntil(), notAfter));
        description.requireSound(notBefore, notAfter);
        return description;
    }

    /**
     * The one certificate of a PEM text.
     *
     * @throws ProblemException if it is not that
     */
    static X509Certificate single(String pem) {
        try {
            List<X509Certificate> found = X509Certificates.ofPem(pem);
            if (found.size() == 1) {
                return found.getFirst();
            }
        } catch (CertificateException e) {
            // said below, in the same words
        }
        throw invalid(List.of(new Violation("/certificate", "one X.509 certificate in PEM")));
    }

    private void requireSound(Instant notBefore, Instant notAfter) {
        List<Violation> violations = new ArrayList<>(rules.violations());
        if (validFrom.isBefore(notBefore)) {
            violations.add(new Violation("/validFrom", "not before the certificate's own, " + notBefore));
        }
        if (validUntil.isAfter(notAfter)) {
            violations.add(new Violation("/validUntil", "not after the certificate's own, " + notAfter));
        }
        if (!validFrom.isBefore(validUntil)) {
            violations.add(new Violation("/validUntil", "later than /validFrom"));
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                ProblemKind.INVALID, "The certificate authority cannot be taken on like this.", violations);
    }
}
