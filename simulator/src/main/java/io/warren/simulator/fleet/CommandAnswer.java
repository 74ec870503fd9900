package io.warren.simulator.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code commands/{commandId}}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CommandAnswer(
        String status,
        @Nullable Map<String, ?> result,
        @Nullable String error) {

    static CommandAnswer accepted() {
        return new CommandAnswer("accepted", null, null);
    }

    static CommandAnswer succeeded(Map<String, ?> result) {
        return new CommandAnswer("succeeded", result, null);
    }

    static CommandAnswer failed(String error) {
        return new CommandAnswer("failed", null, error);
    }

    static CommandAnswer rejected(String error) {
        return new CommandAnswer("rejected", null, error);
    }
}
