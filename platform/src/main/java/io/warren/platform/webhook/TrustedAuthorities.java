package io.warren.platform.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to believe that somebody is who he says. */
public final class TrustedAuthorities {

    private final SSLContext context;

    private TrustedAuthorities(SSLContext context) {
        this.context = context;
    }

    /**
     * The authorities in a PEM bundle.
     *
     * @param caFile the bundle; absent for the authorities that Java knows
     * @throws IllegalStateException if it cannot be used
     */
    public static TrustedAuthorities of(@Nullable Path caFile) {
        return new TrustedAuthorities(caFile == null ? known() : in(caFile));
    }

    /** TLS that trusts them. */
    public SSLContext context() {
        return context;
    }

    private static SSLContext in(Path caFile) {
        try (InputStream bundle = Files.newInputStream(caFile)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot use the authorities in " + caFile, e);
        }
    }

    private static SSLContext known() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has TLS", e);
        }
    }
}
