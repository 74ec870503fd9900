package io.warren.registry.statechange;

import com.fasterxml.jackson.annotation.JsonValue;
import io.warren.contracts.registry.StateEvent;
import java.util.Locale;

/** The two sides of a device's state. */
public enum Side {
    /** What the device is to be like; integrators say so. */
    DESIRED(StateEvent.DESIRED),
    /** What the device is like; the device says so. */
    REPORTED(StateEvent.REPORTED);

    private final String eventType;

    Side(String eventType) {
        this.eventType = eventType;
    }

    /** The type of the events that tell of its changes. */
    public String eventType() {
        return eventType;
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Side of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
