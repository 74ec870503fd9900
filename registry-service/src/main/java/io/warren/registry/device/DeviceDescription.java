package io.warren.registry.device;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
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
 * @param type the name of its device type, {@value DeviceForms#TYPE}; left out, {@value #GENERIC}
 * @param name a name for people, up to 200 characters
 * @param tags up to 64 labels: keys of up to 64 characters, values of up to 256
 * @param identifiers up to 16 physical identifiers (imei, mac, serial, …): keys of up to 64 characters, values of up to 128
 * @param gateway the gateway device it sits behind, which publishes for it and receives what is meant for it; left out, none
 * @param enabled whether it may connect; left out, a new device may and an old one as before
 */
@JsonIgnoreProperties({"id", "connected", "lastSeenAt", "flapping", "silent", "firmware", "createdAt", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceDescription(
        @Pattern(regexp = DeviceForms.TYPE) String type,
        @Size(min = 1, max = 200) @Nullable String name,
        @Size(max = 64) Map<@Pattern(regexp = DeviceForms.KEY) String, @NotNull @Size(max = 256) String> tags,

        @Size(max = 16)
        Map<@Pattern(regexp = DeviceForms.KEY) String, @NotNull @Size(min = 1, max = 128) String> identifiers,

        @Nullable DeviceId gateway,
        @Nullable Boolean enabled) {

    /** The device type that every tenant has. */
    public static final String GENERIC = "generic";

    /** What is said of a device that connects itself. */
    public DeviceDescription(
            String type,
            @Nullable String name,
            Map<String, String> tags,
            Map<String, String> identifiers,
            @Nullable Boolean enabled) {
        this(type, name, tags, identifiers, null, enabled);
    }

    @SuppressWarnings("ConstantValue") // JSON may leave out any of them
    public DeviceDescription {
        type = Objects.requireNonNullElse(type, GENERIC);
        tags = Objects.requireNonNullElse(tags, Map.of());
        identifiers = Objects.requireNonNullElse(identifiers, Map.of());
    }
}
