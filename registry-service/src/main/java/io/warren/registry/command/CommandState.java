package io.warren.registry.command;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** How far a command is. */
enum CommandState {
    /** Waits for the device. */
    QUEUED,
    /** Is on its way; the device has not answered. */
    SENT,
    /** The device will carry it out. */
    ACCEPTED,
    /** The device is at it. */
    RUNNING,
    /** The device has done it. */
    SUCCEEDED,
    /** The device tried in vain. */
    FAILED,
    /** The device will not. */
    REJECTED,
    /** It was not answered in time, or never finished. */
    EXPIRED,
    /** It was called off before the device answered. */
    CANCELLED;

    /** Whether nothing more comes after this. */
    boolean isFinal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether the device has said nothing yet. */
    boolean isUnanswered() {
        return this == QUEUED || this == SENT;
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a state out of a query, as it stands in bodies. */
    @Component
    static final class Reader implements Converter<String, CommandState> {

        @Override
        public CommandState convert(String text) {
            for (CommandState state : values()) {
                if (state.wireName().equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a command");
        }
    }
}
