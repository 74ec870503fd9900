package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;
import io.warren.platform.webhook.Webhook;
import io.warren.registry.messagegateway.MessageGateway;
import io.warren.registry.messagegateway.MessageGateways;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where channels lead. */
@Component
public class ChannelGateways {

    private static final Logger log = LoggerFactory.getLogger(ChannelGateways.class);

    private final WakeUpChannels channels;
    private final ChannelSecrets secrets;
    private final MessageGateways gateways;

    ChannelGateways(WakeUpChannels channels, ChannelSecrets secrets, MessageGateways gateways) {
        this.channels = channels;
        this.secrets = secrets;
        this.gateways = gateways;
    }

    /** The gateway of a channel as it is now; empty if there is none, or its secret cannot be opened. */
    public Optional<MessageGateway> of(TenantId tenant, String channel) {
        return channels.find(tenant, channel).flatMap(found -> {
            Optional<String> secret = secrets.open(tenant, found);
            if (secret.isEmpty()) {
                log.warn(
                        "The secret of wake-up channel {} of {} is not sealed with warren.wake-up-channel.sealing-key",
                        channel,
                        tenant);
            }
            return secret.map(opened -> gateway(tenant + "/" + channel, found.description(), opened));
        });
    }

    private MessageGateway gateway(String owner, WakeUpChannelDescription description, String secret) {
        Webhook webhook = description.webhook();
        if (webhook != null) {
            return gateways.of(webhook, secret, description.messagesPerSecond());
        }
        return gateways.of(Objects.requireNonNull(description.smpp()), owner, secret, description.messagesPerSecond());
    }
}
