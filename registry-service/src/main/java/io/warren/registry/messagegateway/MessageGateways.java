package io.warren.registry.messagegateway;

import io.warren.platform.webhook.Webhook;
import io.warren.platform.webhook.WebhookClient;
import io.warren.registry.messagegateway.SmppSessions.Login;
import org.springframework.stereotype.Component;

/** Gateways, ready to be used. */
@Component
public class MessageGateways {

    /** The kind of gateways that messages are posted to. */
    public static final String WEBHOOK = "webhook";

    private final WebhookClient http;
    private final SmppSessions sessions;

    MessageGateways(WebhookClient http, SmppSessions sessions) {
        this.http = http;
        this.sessions = sessions;
    }

    /**
     * A gateway that messages are posted to.
     *
     * @param secret what requests are signed with
     * @param messagesPerSecond how many messages it takes in a second at the most
     */
    public MessageGateway of(Webhook webhook, String secret, int messagesPerSecond) {
        return new WebhookGateway(webhook, secret, messagesPerSecond, http);
    }

    /**
     * A gateway that speaks SMPP.
     *
     * @param owner whose it is: two owners never share a session
     * @param password the password to bind with
     * @param messagesPerSecond how many messages it takes in a second at the most
     */
    public MessageGateway of(Smpp smpp, String owner, String password, int messagesPerSecond) {
        return new SmppGateway(new Login(owner, smpp, password), messagesPerSecond, sessions);
    }
}
