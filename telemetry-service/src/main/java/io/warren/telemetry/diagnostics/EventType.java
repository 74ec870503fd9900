package io.warren.telemetry.diagnostics;

import java.util.regex.Pattern;

/** The types of device events: names that devices choose, one topic level each. */
public final class EventType {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private EventType() {}

    /** Whether a text can be a type. */
    public static boolean isValid(String type) {
        return FORM.matcher(type).matches();
    }
}
