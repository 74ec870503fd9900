package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link SignInQuestion}.
 *
 * @param outcome what was found
 * @param until when what was shown is no longer good, or when trying again is worthwhile; absent for a secret, and for what never
 *     will be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInAnswer(Outcome outcome, @Nullable Instant until) {

    /** What was found. */
    public enum Outcome {
        /** It is the device. */
        ACCEPTED,
        /** It is not, or it may not. */
        REFUSED,
        /** It was not looked at: there were too many failures. */
        LOCKED
    }
}
