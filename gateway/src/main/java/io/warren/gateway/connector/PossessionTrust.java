package io.warren.gateway.connector;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes any certificate of a client: the handshake proves that the client has its key, and nothing more is claimed. Whether it means
 * anything the services judge, of which each knows other authorities: those of a tenant's factory, or our own. Of a server none is
 * taken. Public because the container makes it by its name.
 */
public class PossessionTrust extends X509ExtendedTrustManager {

    private static final X509Certificate[] ANY = {};

    /** No names of authorities: the client is to show what it has. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return ANY.clone();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("for clients only");
    }
}
