package io.warren.registry.diagnostics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a bundle is. */
enum DiagnosticsStatus {
    /** The device has not begun to send it. */
    REQUESTED,
    /** It is arriving. */
    UPLOADING,
    /** It is there. */
    RECEIVED,
    /** The device did not begin to send it in time. */
    EXPIRED,
    /** The device answered the command that it cannot or will not, or the command was called off. */
    FAILED;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
