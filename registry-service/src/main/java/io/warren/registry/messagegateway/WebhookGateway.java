package io.warren.registry.messagegateway;

import io.warren.platform.webhook.Webhook;
import io.warren.platform.webhook.WebhookAnswer;
import io.warren.platform.webhook.WebhookClient;
import io.warren.platform.webhook.WebhookFailure;

/** Posts messages as JSON, signed, so that whoever takes them knows whom they come from and when they were sent. */
final class WebhookGateway implements MessageGateway {

    private final Webhook webhook;
    private final String secret;
    private final int messagesPerSecond;
    private final WebhookClient http;

    WebhookGateway(Webhook webhook, String secret, int messagesPerSecond, WebhookClient http) {
        this.webhook = webhook;
        this.secret = secret;
        this.messagesPerSecond = messagesPerSecond;
        this.http = http;
    }

    @Override
    public Handover send(WakeUpMessage message) {
        try {
            return handover(http.post(webhook.url(), secret, message.nonce(), Body.of(message)));
        } catch (WebhookFailure e) {
            return new Handover.Broken(e.reason());
        }
    }

    @Override
    public int messagesPerSecond() {
        return messagesPerSecond;
    }

    @Override
    public String kind() {
        return MessageGateways.WEBHOOK;
    }

    private static Handover handover(WebhookAnswer answer) {
        if (answer.isSuccess()) {
            return new Handover.Taken();
        }
        if (answer.isBusy()) {
            return new Handover.Busy(answer.pause());
        }
        return switch (answer.status()) {
            case 400, 409, 410, 413, 415, 422 -> new Handover.Refused("answered " + answer.status());
            default -> new Handover.Broken("answered " + answer.status());
        };
    }

    private record Body(String tenant, String device, String address, String text, String nonce, long time) {

        static Body of(WakeUpMessage message) {
            return new Body(
                    message.device().tenant().value(),
                    message.device().device().value(),
                    message.address(),
                    message.text(),
                    message.nonce(),
                    message.time());
        }
    }
}
