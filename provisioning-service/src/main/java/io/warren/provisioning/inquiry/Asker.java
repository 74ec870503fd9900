package io.warren.provisioning.inquiry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.warren.platform.webhook.WebhookAnswer;
import io.warren.platform.webhook.WebhookClient;
import io.warren.platform.webhook.WebhookFailure;
import io.warren.provisioning.sealing.HookSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.MissingNode;

/** Asks a tenant's own system, once. */
@Component
class Asker {

    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final WebhookClient http;
    private final HookSecrets secrets;
    private final Map<String, Subject> subjects;
    private final MeterRegistry meters;

    Asker(WebhookClient http, HookSecrets secrets, List<Subject> subjects, MeterRegistry meters) {
        this.http = http;
        this.secrets = secrets;
        this.subjects = subjects.stream().collect(Collectors.toMap(Subject::name, Function.identity()));
        this.meters = meters;
    }

    /** Asks, which may take some seconds. */
    Reply ask(Inquiry inquiry) {
        Timer.Sample sample = Timer.start(meters);
        Reply reply = replyTo(inquiry);
        sample.stop(meters.timer("warren.hook.calls", "subject", inquiry.subject(), "outcome", outcome(reply)));
        return reply;
    }

    private Reply replyTo(Inquiry inquiry) {
        Optional<String> secret = secrets.open(inquiry.tenant(), inquiry.door(), inquiry.sealedSecret());
        if (secret.isEmpty()) {
            return new Reply.Broken("the secret of the hook must be set again");
        }
        try {
            WebhookAnswer answer =
                    http.ask(inquiry.url(), secret.get(), inquiry.idempotencyKey(), inquiry.question(), WITHIN);
            if (answer.isBusy()) {
                return new Reply.Busy(answer.pause());
            }
            if (!answer.isSuccess()) {
                return new Reply.Broken("the hook answered " + answer.status());
            }
            return Objects.requireNonNull(subjects.get(inquiry.subject()))
                    .read(Objects.requireNonNullElse(answer.body(), MissingNode.getInstance()), inquiry.question());
        } catch (UnusableAnswer e) {
            return new Reply.Broken("the hook's answer cannot be used: " + e.reason());
        } catch (WebhookFailure e) {
            return new Reply.Broken("the hook was not asked, or did not answer: " + e.reason());
        }
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Reply.Settled _ -> "settled";
            case Reply.Refused _ -> "refused";
            case Reply.Later _ -> "undecided";
            case Reply.Busy _ -> "busy";
            case Reply.Broken _ -> "failed";
        };
    }
}
