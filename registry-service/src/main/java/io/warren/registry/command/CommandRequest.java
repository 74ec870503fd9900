package io.warren.registry.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a device is to do.
 *
 * @param name what; becomes a level of the topic
 * @param args with what, as the device's type has it; left out, nothing
 * @param expiresIn seconds until it need not be done any more, up to 30 days; left out, an hour
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandRequest(
        @NotNull @Pattern(regexp = NAME) String name,
        @Nullable JsonNode args,
        @Min(1) @Max(LONGEST_LIFE) @Nullable Integer expiresIn) {

    /** The form of a command's name. */
    public static final String NAME = "[A-Za-z0-9_-]{1,64}";

    /** The longest time that a command may take, in seconds. */
    public static final int LONGEST_LIFE = 2_592_000;

    private static final Duration USUAL_LIFE = Duration.ofHours(1);
    private static final int MOST_ARGS = 64 * 1024;

    /**
     * Makes sure that the arguments are not too large to be kept and sent.
     *
     * @throws ProblemException if they are
     */
    public void requireSmallArgs() {
        if (args != null && args.toString().length() > MOST_ARGS) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The arguments are too large.",
                    List.of(new Violation("/args", "at most " + MOST_ARGS + " characters of JSON")));
        }
    }

    Duration lifetime() {
        return expiresIn == null ? USUAL_LIFE : Duration.ofSeconds(expiresIn);
    }
}
