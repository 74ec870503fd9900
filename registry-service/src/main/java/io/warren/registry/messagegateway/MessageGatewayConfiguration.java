package io.warren.registry.messagegateway;

import io.warren.platform.webhook.ReachableAddresses;
import io.warren.platform.webhook.TrustedAuthorities;
import io.warren.platform.webhook.WebhookClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Where gateways may be, and whom to believe that he is one. */
@Configuration(proxyBeanMethods = false)
class MessageGatewayConfiguration {

    @Bean
    ReachableAddresses reachableGateways(MessageGatewayProperties properties) {
        return new ReachableAddresses(properties.allowedNetworks());
    }

    @Bean
    TrustedAuthorities gatewayAuthorities(MessageGatewayProperties properties) {
        return TrustedAuthorities.of(properties.caFile());
    }

    @Bean
    WebhookClient webhookClient(
            ReachableAddresses addresses, TrustedAuthorities authorities, JsonMapper json, Clock clock) {
        return new WebhookClient(addresses, authorities, json, clock);
    }
}
