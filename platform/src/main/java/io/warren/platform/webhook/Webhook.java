package io.warren.platform.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An address that a tenant has things posted to.
 *
 * @param url an {@code https} address
 * @param secret what requests are signed with, 16 to 200 characters; in no answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        @NotNull @Size(max = 500) String url,

        @Pattern(regexp = "[\\x21-\\x7e]{16,200}", message = "16 to 200 printable characters of ASCII, no blanks")
        @Nullable
        String secret) {

    /** The same without the secret. */
    public Webhook withoutSecret() {
        return new Webhook(url, null);
    }

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
