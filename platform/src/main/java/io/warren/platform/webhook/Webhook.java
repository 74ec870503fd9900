package io.warren.platform.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.web.HttpsUrl;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An address that a tenant has things posted to.
 *
 * @param url an {@code https} address
 * @param secret what requests are signed with, 16 to 200 characters; in no answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        @NotNull @HttpsUrl @Size(max = 500) String url,

        @Pattern(regexp = "[\\x21-\\x7e]{16,200}", message = "16 to 200 printable characters of ASCII, no blanks")
        @Nullable
        String secret) {

    /** The same without the secret. */
    public Webhook withoutSecret() {
        return new Webhook(url, null);
    }

    @Override
    public String toString() {
        return "Webhook[" + url + "]";
    }
}
