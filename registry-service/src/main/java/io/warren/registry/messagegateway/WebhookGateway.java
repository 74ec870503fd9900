package io.warren.registry.messagegateway;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Posts messages as JSON, signed, so that whoever takes them knows whom they come from and when they were sent. */
final class WebhookGateway implements MessageGateway {

    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

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
        } catch (ReachableAddresses.NotReachable e) {
            return new Handover.Broken("the host has no address that channels may lead to");
        } catch (SocketTimeoutException e) {
            return new Handover.Broken("no answer in time");
        } catch (IOException e) {
            return new Handover.Broken("no connection: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public int messagesPerSecond() {
        return messagesPerSecond;
    }

    @Override
    public String kind() {
        return Webhook.KIND;
    }

    private static Handover handover(WebhookClient.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Handover.Taken();
        }
        if (status == 429 || (status == 503 && answer.retryAfter() != null)) {
            return new Handover.Busy(pause(answer.retryAfter()));
        }
        return switch (status) {
            case 400, 409, 410, 413, 415, 422 -> new Handover.Refused("answered " + status);
            default -> new Handover.Broken("answered " + status);
        };
    }

    /** Seconds only: who answers with a date has the usual pause. */
    private static Duration pause(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.strip().matches("[0-9]{1,9}")) {
            return USUAL_PAUSE;
        }
        Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.strip())));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
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
