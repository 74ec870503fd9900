package io.warren.registry.wakechannel;

import io.warren.contracts.device.TenantId;
import io.warren.registry.wakechannel.SmppSessions.Login;
import io.warren.registry.wakechannel.WakeUpChannelDescription.Smpp;
import io.warren.registry.wakechannel.WakeUpChannelDescription.Webhook;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where channels lead. */
@Component
public class MessageGateways {

    private static final Logger log = LoggerFactory.getLogger(MessageGateways.class);

    private final WakeUpChannels channels;
    private final ChannelSecrets secrets;
    private final WebhookClient http;
    private final SmppSessions sessions;

    MessageGateways(WakeUpChannels channels, ChannelSecrets secrets, WebhookClient http, SmppSessions sessions) {
        this.channels = channels;
        this.secrets = secrets;
        this.http = http;
        this.sessions = sessions;
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
            return secret.map(opened -> gateway(WakeUpChannelKey.of(tenant, channel), found.description(), opened));
        });
    }

    private MessageGateway gateway(WakeUpChannelKey channel, WakeUpChannelDescription description, String secret) {
        Webhook webhook = description.webhook();
        if (webhook != null) {
            return new WebhookGateway(webhook, secret, description.messagesPerSecond(), http);
        }
        Smpp smpp = Objects.requireNonNull(description.smpp());
        return new SmppGateway(new Login(channel, smpp, secret), description.messagesPerSecond(), sessions);
    }
}
