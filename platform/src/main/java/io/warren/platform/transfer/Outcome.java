package io.warren.platform.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of something that was brought. */
public enum Outcome {
    /** It was not there before. */
    CREATED,
    /** It was there, and different. */
    UPDATED,
    /** It was there like this already. */
    UNCHANGED,
    /** Nothing was done with it. */
    REFUSED;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
