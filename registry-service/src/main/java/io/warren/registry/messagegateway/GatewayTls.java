package io.warren.registry.messagegateway;

import javax.net.ssl.SSLContext;
import org.springframework.stereotype.Component;

/** TLS to gateways. */
@Component
class GatewayTls {

    private final SSLContext context;

    GatewayTls(MessageGatewayProperties properties) {
        this.context =
                properties.caFile() == null ? TrustedAuthorities.known() : TrustedAuthorities.of(properties.caFile());
    }

    SSLContext context() {
        return context;
    }
}
