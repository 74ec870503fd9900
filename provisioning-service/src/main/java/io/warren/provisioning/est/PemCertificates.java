package io.warren.provisioning.est;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/** Certificates out of text (RFC 7468). */
final class PemCertificates {

    private PemCertificates() {}

    /** All that there are, in their order; what is no certificate is passed over. */
    static List<X509CertificateHolder> read(String text) {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("What was issued, or is trusted, cannot be read", e);
        }
        return certificates;
    }
}
