package io.warren.registry.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a job is. */
public enum JobState {
    /** It goes through its devices. */
    RUNNING,
    /** It was paused, and rests where it is. What it has set off may go on. */
    PAUSED,
    /** It has gone through them. What it has set off may go on. */
    FINISHED,
    /** It was called off, and what has not had its effect is being taken back. */
    CANCELLING,
    /** It was called off. */
    CANCELLED,
    /** It could not go on. */
    FAILED;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
