package io.warren.provisioning.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * What customers' authorities have to be like, and whether a path of certificates leads up to one (RFC 5280, section 6). Whether
 * certificates were revoked by a customer's authority is not asked.
 */
public final class TrustAnchors {

    private static final int CERTIFICATE_SIGNING = 5;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int LONGEST_NAME = 1024;

    private TrustAnchors() {}

    /**
     * Why a certificate cannot be that of an authority to trust, in words for whoever wants it to be trusted; empty if it can. It
     * is an intermediate authority's or a root's: what it was issued by does not matter.
     */
    public static Optional<String> objection(X509Certificate authority, Instant now) {
        if (authority.getBasicConstraints() < 0) {
            return Optional.of("it is no authority's: its basic constraints do not say CA");
        }
        boolean[] usage = authority.getKeyUsage();
        if (usage != null && !usage[CERTIFICATE_SIGNING]) {
            return Optional.of("its key usage does not say keyCertSign");
        }
        if (!Strength.isEnough(authority)) {
            return Optional.of(Flaw.WEAK.text());
        }
        if (authority.getExtensionValue(NAME_CONSTRAINTS) != null) {
            // the validator cannot hold a path against the constraints of where it ends
            return Optional.of("it has name constraints: register the authority above it");
        }
        if (name(authority.getSubjectX500Principal()).length() > LONGEST_NAME) {
            return Optional.of("its subject has more than " + LONGEST_NAME + " characters");
        }
        return now.isAfter(authority.getNotAfter().toInstant()) ? Optional.of("it has expired") : Optional.empty();
    }

    /** A name as names are compared (RFC 5280, section 7.1). */
    public static String name(X500Principal principal) {
        return principal.getName(X500Principal.CANONICAL);
    }

    /**
     * What is wrong with a path, if anything is.
     *
     * @param path a device's certificate first, then each followed by its issuer's, without the authority's own
     * @param authority what the path is to end at, of which there was no {@linkplain #objection objection}
     */
    public static Optional<Flaw> flaw(List<X509Certificate> path, X509Certificate authority, Instant now) {
        Optional<Flaw> notInTime = Validity.flaw(authority, now);
        if (notInTime.isPresent()) {
            return notInTime;
        }
        if (between(path) > authority.getBasicConstraints()) {
            return Optional.of(Flaw.BROKEN_PATH);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(X509Certificates.factory().generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            return Optional.of(flaw(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return path.stream().allMatch(Strength::isEnough) ? Optional.empty() : Optional.of(Flaw.WEAK);
    }

    /** Whether an authority's key has signed a certificate, in the authority's name. */
    public static boolean hasIssued(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                || !Strength.isEnough(certificate)) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** How many authorities stand in between, which the path length of the authority's own bounds (RFC 5280, section 4.2.1.9). */
    private static long between(List<X509Certificate> path) {
        return path.stream()
                .skip(1)
                .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
                .count();
    }

    private static Flaw flaw(CertPathValidatorException refusal) {
        if (!(refusal.getReason() instanceof BasicReason reason)) {
            return Flaw.BROKEN_PATH;
        }
        return switch (reason) {
            case EXPIRED -> Flaw.EXPIRED;
            case NOT_YET_VALID -> Flaw.NOT_YET_VALID;
            case INVALID_SIGNATURE -> Flaw.FORGED;
            case ALGORITHM_CONSTRAINED -> Flaw.WEAK;
            case REVOKED, UNDETERMINED_REVOCATION_STATUS, UNSPECIFIED -> Flaw.BROKEN_PATH;
        };
    }
}
