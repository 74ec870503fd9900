package io.warren.contracts.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a tenant: 1 to 32 characters of {@code a-z0-9-}, not beginning with a hyphen.
 *
 * @param value the name as it stands in topics and user names; anything of another form is an {@link IllegalArgumentException}
 */
public record TenantId(@JsonValue String value) {

    /** The form of a tenant's name, for validation where no {@code TenantId} is at hand. */
    public static final String FORM = "[a-z0-9][a-z0-9-]{0,31}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    @JsonCreator
    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A tenant's name has the form " + FORM);
        }
    }

    /** Says whether a text is the name of a tenant. */
    public static boolean isValid(String value) {
        return PATTERN.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
