package io.warren.telemetry.measurement;

import java.util.regex.Pattern;

/**
 * A stream of a device: what belongs together and is numbered together.
 *
 * @param tenant the tenant's name
 * @param device the device's id
 * @param stream the stream's name, levels of letters, digits, {@code _} and {@code -} with slashes between them
 */
public record StreamName(String tenant, String device, String stream) {

    /** The name of the stream of messages that name none. */
    public static final String DEFAULT = "default";

    /** The most characters of a stream's name. */
    public static final int MAX_LENGTH = 128;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){0,7}");

    /** Whether a text can be the name of a stream. */
    public static boolean isValid(String stream) {
        return stream.length() <= MAX_LENGTH && FORM.matcher(stream).matches();
    }
}
