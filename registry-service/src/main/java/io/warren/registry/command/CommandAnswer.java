package io.warren.registry.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a device says to a command.
 *
 * @param status how far it is
 * @param progress percent, while it is at it
 * @param result what came out of it
 * @param error why it failed or was rejected
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CommandAnswer(
        @NotNull Status status,
        @Min(0) @Max(100) @Nullable Integer progress,
        @Nullable JsonNode result,
        @Nullable JsonNode error) {

    /** The states that a device can bring a command into. */
    public enum Status {
        @JsonProperty("accepted")
        ACCEPTED(CommandState.ACCEPTED),
        @JsonProperty("running")
        RUNNING(CommandState.RUNNING),
        @JsonProperty("succeeded")
        SUCCEEDED(CommandState.SUCCEEDED),
        @JsonProperty("failed")
        FAILED(CommandState.FAILED),
        @JsonProperty("rejected")
        REJECTED(CommandState.REJECTED);

        private final CommandState state;

        Status(CommandState state) {
            this.state = state;
        }

        CommandState state() {
            return state;
        }
    }
}
