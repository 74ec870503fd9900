package io.warren.telemetry.measurement;

import java.util.regex.Pattern;

/**
 * A stream of a device: what belongs together and is numbered together.
 *
 * @param tenant the tenant's name
 * @param device the device's id
 * @param stream the stream's name, 1 to 64 letters, digits, {@code _} and {@code -}; one topic level, so that a dot
 *     in it, which the broker takes for a slash, can be told
 */
public record StreamName(String tenant, String device, String stream) {

    /** The name of the stream of messages that name none. */
    public static final String DEFAULT = "default";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Whether a text can be the name of a stream. */
    public static boolean isValid(String stream) {
        return FORM.matcher(stream).matches();
    }
}
