package io.warren.registry.wakechannel;

import javax.net.ssl.SSLContext;
import org.springframework.stereotype.Component;

/** TLS to gateways. */
@Component
class GatewayTls {

    private final SSLContext context;

    GatewayTls(WakeUpChannelProperties properties) {
        this.context =
                properties.caFile() == null ? TrustedAuthorities.known() : TrustedAuthorities.of(properties.caFile());
    }

    SSLContext context() {
        return context;
    }
}
