package io.warren.registry.wakechannel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.web.CleanText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
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

    static final String WEBHOOK = "webhook";
    static final String SMPP = "smpp";

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
        return webhook == null ? SMPP : WEBHOOK;
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
                webhook == null ? null : new Webhook(webhook.url(), null),
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

    /**
     * An address that messages are posted to.
     *
     * @param url an {@code https} address
     * @param secret what requests are signed with, 16 to 200 characters; in no answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Webhook(
            @NotNull @Size(max = 500) String url,

            @Pattern(regexp = "[\\x21-\\x7e]{16,200}", message = "16 to 200 printable characters of ASCII, no blanks")
            @Nullable
            String secret) {

        @AssertTrue(message = "an https address with a host, without user or fragment")
        boolean isUrl() {
            try {
                URI uri = new URI(url);
                return "https".equalsIgnoreCase(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    /**
     * A message centre that speaks SMPP 3.4, which is bound to as a transmitter.
     *
     * @param host its name or address
     * @param port its port
     * @param tls whether TLS is spoken; left out, it is
     * @param systemId the name to bind with, up to 15 characters
     * @param password the password to bind with, up to 8 characters; in no answer
     * @param systemType as the message centre wants it, up to 12 characters; left out, none
     * @param sourceAddress whom messages come from: a number, a short code or a name; left out, the message centre knows
     * @param sourceTon the type of that number, 0 to 6 (SMPP 3.4, section 5.2.5); left out, 0
     * @param sourceNpi its numbering plan, 0 to 18 (section 5.2.6); left out, 0
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Smpp(
            @NotNull @Pattern(regexp = "[A-Za-z0-9.:-]{1,253}")
            String host,

            @NotNull @Min(1) @Max(65_535) Integer port,
            Boolean tls,

            @NotNull @Pattern(regexp = "[\\x21-\\x7e]{1,15}")
            String systemId,

            @Pattern(regexp = "[\\x21-\\x7e]{1,8}", message = "1 to 8 printable characters of ASCII, no blanks")
            @Nullable
            String password,

            @Pattern(regexp = "[\\x21-\\x7e]{0,12}") @Nullable
            String systemType,

            @Pattern(regexp = "[A-Za-z0-9+ ]{1,20}") @Nullable
            String sourceAddress,

            @Min(0) @Max(6) Integer sourceTon,
            @Min(0) @Max(18) Integer sourceNpi) {

        @SuppressWarnings("ConstantValue") // JSON may leave out any of them
        Smpp {
            tls = Objects.requireNonNullElse(tls, true);
            sourceTon = Objects.requireNonNullElse(sourceTon, 0);
            sourceNpi = Objects.requireNonNullElse(sourceNpi, 0);
        }

        @AssertTrue(message = "a numbering plan: 0, 1, 3, 4, 6, 8, 9, 10, 14 or 18")
        boolean isSourceNpi() {
            return switch (sourceNpi) {
                case 0, 1, 3, 4, 6, 8, 9, 10, 14, 18 -> true;
                default -> false;
            };
        }

        Smpp withoutPassword() {
            return new Smpp(host, port, tls, systemId, null, systemType, sourceAddress, sourceTon, sourceNpi);
        }

        boolean isSameLoginAs(Smpp other) {
            return host.equals(other.host)
                    && port.equals(other.port)
                    && tls.equals(other.tls)
                    && systemId.equals(other.systemId);
        }

        @Override
        public String toString() {
            return "Smpp[" + systemId + " at " + host + ":" + port + "]";
        }
    }
}
