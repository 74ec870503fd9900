package io.warren.registry.device;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an integrator says of a device. What only the platform knows of it is read over, so that a device can be read, changed
 * and put back.
 *
 * @param type the name of its device type, {@value #TYPE_FORM}; left out, {@value #GENERIC}
 * @param name a name for people, up to 200 characters
 * @param tags up to 64 labels: keys of up to 64 characters, values of up to 256
 * @param identifiers up to 16 physical identifiers (imei, mac, serial, …): keys of up to 64 characters, values of up to 128
 * @param enabled whether it may connect; left out, a new device may and an old one as before
 */
@JsonIgnoreProperties({"id", "connected", "lastSeenAt", "createdAt", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceDescription(
        @Pattern(regexp = TYPE_FORM) String type,
        @Size(min = 1, max = 200) @Nullable String name,
        @Size(max = 64) Map<@Pattern(regexp = KEY_FORM) String, @NotNull @Size(max = 256) String> tags,
        @Size(max = 16) Map<@Pattern(regexp = KEY_FORM) String, @NotNull @Size(min = 1, max = 128) String> identifiers,
        @Nullable Boolean enabled) {

    /** The device type that every tenant has. */
    public static final String GENERIC = "generic";

    static final String TYPE_FORM = "[a-z0-9][a-z0-9_-]{0,63}";

    /** Names that an expression can write without quoting, and the hyphen. */
    static final String KEY_FORM = "[A-Za-z_][A-Za-z0-9_-]{0,63}";

    @SuppressWarnings("ConstantValue") // JSON may leave out any of them
    public DeviceDescription {
        type = Objects.requireNonNullElse(type, GENERIC);
        tags = Objects.requireNonNullElse(tags, Map.of());
        identifiers = Objects.requireNonNullElse(identifiers, Map.of());
    }
}
