package io.warren.simulator.installation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities to trust.
 *
 * @param managers their judgement, for a client that speaks TLS
 */
public record Trust(TrustManagerFactory managers) {

    /** Trusts the certificates of a PEM bundle and no others; {@link IOException} if there is none in it. */
    public static Trust inPem(String pem) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new IOException("There is no certificate in the PEM bundle");
            }
            return new Trust(managersOf(store));
        } catch (GeneralSecurityException e) {
            throw new IOException("The PEM bundle cannot be read: " + e.getMessage(), e);
        }
    }

    /** Trusts what the Java installation trusts. */
    public static Trust ofTheSystem() throws IOException {
        try {
            return new Trust(managersOf(null));
        } catch (GeneralSecurityException e) {
            throw new IOException("The system's certificates cannot be read: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory managersOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers;
    }

    /** For HTTPS clients. */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of every Java", e);
        }
    }
}
