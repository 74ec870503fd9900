package io.warren.registry.wakeup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a device is wanted for. */
public enum Reason {
    /** It was given a command. */
    COMMAND,
    /** It is to be updated. */
    DEPLOYMENT,
    /** It left before it had done all that waits for it. */
    UNFINISHED,
    /** Somebody asked for it. */
    REQUEST;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
