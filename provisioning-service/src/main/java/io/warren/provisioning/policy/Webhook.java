package io.warren.provisioning.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about a device over HTTP.
 *
 * @param url where questions are sent
 * @param secret what they are signed with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(String url, @Nullable String secret) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Webhook[url=" + url + "]";
    }
}
