package io.warren.registry.wakeup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has become of a wake-up. */
public enum WakeUpState {
    /** The device is being woken. */
    WAITING,
    /** The device came. */
    AWAKE,
    /** Nothing waits for the device any more, or it may not come. */
    UNNEEDED,
    /** It cannot be woken. */
    FAILED;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
