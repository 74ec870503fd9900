package io.warren.provisioning.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a device's own certificate has to be like, whoever has issued it. */
public final class ClientCertificates {

    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;

    private ClientCertificates() {}

    /** What is wrong with it, if anything is; its issuer's signature is not looked at. */
    public static Optional<Flaw> flaw(X509Certificate certificate, Instant now) {
        if (certificate.getBasicConstraints() >= 0) {
            return Optional.of(Flaw.AUTHORITY);
        }
        if (!isForClients(certificate)) {
            return Optional.of(Flaw.WRONG_PURPOSE);
        }
        if (!Strength.isEnough(certificate)) {
            return Optional.of(Flaw.WEAK);
        }
        return Validity.flaw(certificate, now);
    }

    private static boolean isForClients(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            return false;
        }
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(CLIENT) || uses.contains(ANY_USE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
