package io.warren.provisioning.inquiry;

import io.warren.platform.webhook.ReachableAddresses;
import io.warren.platform.webhook.TrustedAuthorities;
import io.warren.platform.webhook.WebhookClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Where hooks may be, and whom to believe that he is one. */
@Configuration(proxyBeanMethods = false)
class InquiryConfiguration {

    @Bean
    WebhookClient hookClient(InquiryProperties properties, JsonMapper json, Clock clock) {
        return new WebhookClient(
                new ReachableAddresses(properties.allowedNetworks()),
                TrustedAuthorities.of(properties.caFile()),
                json,
                clock);
    }
}
