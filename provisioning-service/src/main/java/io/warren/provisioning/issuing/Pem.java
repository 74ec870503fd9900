package io.warren.provisioning.issuing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Certificates as text (RFC 7468). */
final class Pem {

    private Pem() {}

    static String of(X509CertificateHolder certificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    static List<X509CertificateHolder> certificates(String text) throws IOException {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (!(next instanceof X509CertificateHolder certificate)) {
                    throw new PEMException("there is something in it that is no certificate");
                }
                certificates.add(certificate);
            }
        }
        return certificates;
    }
}
