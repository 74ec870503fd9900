package io.warren.platform.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is looked at of an answer.
 *
 * @param status its status code
 * @param retryAfter its header of that name
 * @param body its body, where one was asked for, came, and the status is one of success
 */
public record WebhookAnswer(
        int status, @Nullable String retryAfter, @Nullable JsonNode body) {

    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Whether the request was understood and accepted. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether nothing more is wanted for a while. */
    public boolean isBusy() {
        return status == 429 || (status == 503 && retryAfter != null);
    }

    /** How long nothing more is wanted, between a second and an hour. Who says so with a date has the usual 30 seconds. */
    public Duration pause() {
        if (retryAfter == null || !retryAfter.strip().matches("[0-9]{1,9}")) {
            return USUAL_PAUSE;
        }
        Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.strip())));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
