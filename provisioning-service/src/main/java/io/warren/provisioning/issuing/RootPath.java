package io.warren.provisioning.issuing;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** The way from an authority up to a root (RFC 5280, section 6), which whoever is shown a device's certificate has to find. */
final class RootPath {

    private static final JcaX509CertificateConverter CERTIFICATES = new JcaX509CertificateConverter();

    private RootPath() {}

    /** Whether an authority's certificate, and those behind it in their order, lead to one of the roots. */
    static boolean leads(Authority authority, List<X509CertificateHolder> roots, Instant now) {
        try {
            List<X509Certificate> chain = read(authority.chain());
            Set<TrustAnchor> anchors = read(roots).stream()
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toSet());
            // a file may have the root behind the others
            for (int length = chain.size(); length > 0; length--) {
                if (isGood(chain.subList(0, length), anchors, now)) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            return false; // what nobody can read nobody trusts
        }
    }

    private static boolean isGood(List<X509Certificate> path, Set<TrustAnchor> anchors, Instant now)
            throws GeneralSecurityException {
        if (anchors.isEmpty()) {
            return false;
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (CertPathValidatorException e) {
            return false;
        }
    }

    private static List<X509Certificate> read(List<X509CertificateHolder> certificates) throws CertificateException {
        List<X509Certificate> read = new ArrayList<>();
        for (X509CertificateHolder certificate : certificates) {
            read.add(CERTIFICATES.getCertificate(certificate));
        }
        return read;
    }
}
