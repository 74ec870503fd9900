package io.warren.registry.wakechannel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.web.CleanText;
import io.warren.platform.webhook.Webhook;
import io.warren.registry.messagegateway.MessageGateways;
import io.warren.registry.messagegateway.Smpp;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an integrator says of a wake-up channel: one of {@code webhook} and {@code smpp}. What only the platform knows of it is read
 * over, so that a channel can be read, changed and put back; a secret that is left out stays as it is.
 *
 * @param name a name for people, up to 200 characters
 * @param messagesPerSecond how many messages it takes in a second at the most, up to 100; left out, 10
 * @param webhook an address that messages are posted to
 * @param smpp a message centre that speaks SMPP
 */
@JsonIgnoreProperties({"id", "kind", "createdAt", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record WakeUpChannelDescription(
        @Size(min = 1, max = 200) @CleanText @Nullable String name,
        @Min(1) @Max(100) Integer messagesPerSecond,
        @Valid @Nullable Webhook webhook,
        @Valid @Nullable Smpp smpp) {

    private static final int USUAL_RATE = 10;

    @SuppressWarnings("ConstantValue") // JSON may leave it out
    WakeUpChannelDescription {
        messagesPerSecond = Objects.requireNonNullElse(messagesPerSecond, USUAL_RATE);
    }

    @AssertTrue(message = "either webhook or smpp, and not both")
    boolean isWebhook() {
        return (webhook == null) != (smpp == null);
    }

    String kind() {
        return webhook == null ? Smpp.KIND : MessageGateways.WEBHOOK;
    }

    /** The secret, if it was said. */
    @Nullable
    String secret() {
        return webhook != null ? webhook.secret() : Objects.requireNonNull(smpp).password();
    }

    /** The pointer to the secret. */
    String secretPointer() {
        return webhook != null ? "/webhook/secret" : "/smpp/password";
    }

    /** The description without the secret. */
    WakeUpChannelDescription withoutSecret() {
        return new WakeUpChannelDescription(
                name,
                messagesPerSecond,
                webhook == null ? null : webhook.withoutSecret(),
                smpp == null ? null : smpp.withoutPassword());
    }

    /**
     * Whether the secret would be shown to whom another description shows it. One that is shown to somebody else must be said
     * again: or whoever may change a channel could have its secret sent to himself.
     */
    boolean showsItsSecretTo(WakeUpChannelDescription other) {
        if (webhook != null && other.webhook != null) {
            return webhook.url().equals(other.webhook.url());
        }
        return smpp != null && other.smpp != null && smpp.isSameLoginAs(other.smpp);
    }
}
