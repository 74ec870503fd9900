package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry's answer to a {@link RegistrationRequest}.
 *
 * @param outcome what became of the request
 * @param reason why it was refused, for people; absent when it was not
 * @param desired what the device is to be like; absent when it was refused
 * @param admittedAt when it was found that the device may connect, by the clock that says when it loses what it connects with; absent
 *     when it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistrationReply(
        Outcome outcome,
        @Nullable String reason,
        @Nullable Desired desired,
        @Nullable Instant admittedAt) {

    /** An answer that says neither what the device is to be like nor since when. */
    public RegistrationReply(Outcome outcome, @Nullable String reason) {
        this(outcome, reason, null, null);
    }

    /** Whether the device may connect with what was asked about. */
    @JsonIgnore
    public boolean isAdmission() {
        return outcome == Outcome.REGISTERED || outcome == Outcome.ALREADY_REGISTERED;
    }

    /**
     * What a device is to be like.
     *
     * @param version grows with each change
     * @param state a JSON object
     */
    public record Desired(long version, Map<String, Object> state) {}

    /** What became of a registration request. */
    public enum Outcome {
        /** The device is new and may connect with its secret. */
        REGISTERED,
        /** The same request came before; the device may connect with its secret. */
        ALREADY_REGISTERED,
        /** The id belongs to a device that this enrolment did not admit. */
        CONFLICT,
        /** The tenant does not exist, or its quota is used up, or the device is disabled. */
        REFUSED
    }
}
