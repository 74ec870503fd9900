package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.web.HttpsUrl;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about a device over HTTP.
 *
 * @param url where questions are sent, an {@code https} address
 * @param secret what they are signed with, 16 to 200 characters; in no answer. In a policy that is kept it is sealed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        @NotNull @HttpsUrl @Size(max = 500) String url,

        @Pattern(regexp = "[\\x21-\\x7e]{16,200}", message = "16 to 200 printable characters of ASCII, no blanks")
        @Nullable
        String secret) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Webhook[url=" + url + "]";
    }
}
