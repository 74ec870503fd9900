package io.warren.contracts.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a device, unique within its tenant: 1 to 64 characters of {@code A-Za-z0-9_-}. There are no dots in it, because
 * the broker cannot tell a dot in an MQTT topic level from a slash afterwards.
 *
 * @param value the id as it stands in topics and user names; anything of another form is an {@link IllegalArgumentException}
 */
public record DeviceId(@JsonValue String value) {

    /** The form of a device's id, for validation where no {@code DeviceId} is at hand. */
    public static final String FORM = "[A-Za-z0-9_-]{1,64}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    @JsonCreator
    public DeviceId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A device's id has the form " + FORM);
        }
    }

    /** Says whether a text is the id of a device. */
    public static boolean isValid(String value) {
        return PATTERN.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
