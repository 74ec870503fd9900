package io.warren.gateway.connector;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Opens the plain port beside the one with TLS. */
@Component
class PlainConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int MAX_SWALLOW = 2 * 1024 * 1024;

    /** As on the other port: a proxy in front may send the certificates that it was shown. */
    private static final int MAX_HEAD = 40 * 1024;

    private final HttpProperties properties;

    PlainConnector(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setAddress(properties.address());
        protocol.setConnectionTimeout(TIMEOUT_MILLIS);
        protocol.setMaxSwallowSize(MAX_SWALLOW);
        protocol.setMaxHttpRequestHeaderSize(MAX_HEAD);
        protocol.setExecutor(new VirtualThreadExecutor("plain-"));
        Connector connector = new Connector(protocol);
        connector.setPort(properties.port());
        connector.setThrowOnFailure(true);
        factory.addAdditionalConnectors(connector);
    }
}
