package io.warren.gateway.connector;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;

/**
 * HTTP over TLS with clients whose certificates nobody here has to know. Each configuration of TLS comes through here, the first and
 * those that take its place when the gateway's own certificate changes. Public because the container makes it by its name.
 */
public class ClientCertificateProtocol extends Http11NioProtocol {

    @Override
    public void addSslHostConfig(SSLHostConfig configuration, boolean replace) {
        configuration.setTrustManagerClassName(PossessionTrust.class.getName());
        super.addSslHostConfig(configuration, replace);
    }
}
