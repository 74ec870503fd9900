package io.warren.registry.devicetype;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceForms;
import io.warren.platform.web.CleanText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an integrator says of a device type. What only the platform knows of it is read over, so that a type can be read, changed
 * and put back.
 *
 * @param name a name for people, up to 200 characters
 * @param payloadFormat what telemetry is when the message does not say so; left out, JSON
 * @param streams up to 50 streams, by name
 * @param commands up to 100 commands, by name; a device can be given others too, which are not checked
 * @param defaultDesiredState the desired state that a new device of this type begins with, an object
 * @param offlineAfter seconds of silence after which a device is conspicuous, up to 30 days; left out, never
 * @param wakeUp how a device that sleeps is woken; left out, it is not
 */
@JsonIgnoreProperties({"id", "createdAt", "version"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceTypeDescription(
        @Size(min = 1, max = 200) @CleanText @Nullable String name,
        PayloadFormat payloadFormat,

        @Size(max = 50) Map<@Pattern(regexp = NAME) String, @NotNull @Valid StreamDescription> streams,

        @Size(max = 100) Map<@Pattern(regexp = NAME) String, @NotNull @Valid CommandDescription> commands,

        @Nullable JsonNode defaultDesiredState,
        @Min(1) @Max(2_592_000) @Nullable Long offlineAfter,
        @Valid @Nullable WakeUp wakeUp) {

    /** The form of the name of a stream, and of a command: one level of a topic. */
    static final String NAME = "[A-Za-z0-9_-]{1,64}";

    @SuppressWarnings("ConstantValue") // JSON may leave out any of them
    DeviceTypeDescription {
        payloadFormat = Objects.requireNonNullElse(payloadFormat, PayloadFormat.JSON);
        streams = Objects.requireNonNullElse(streams, Map.of());
        commands = Objects.requireNonNullElse(commands, Map.of());
    }

    DeviceTypeDescription withStreams(Map<String, StreamDescription> others) {
        return new DeviceTypeDescription(
                name, payloadFormat, others, commands, defaultDesiredState, offlineAfter, wakeUp);
    }

    /**
     * How a sleeping device is woken.
     *
     * @param channel the tenant's wake-up channel
     * @param address which of the device's identifiers is its number there: {@code identifiers.msisdn}
     */
    record WakeUp(
            @NotNull @Size(min = 1, max = 64) @CleanText String channel,

            @NotNull @Pattern(regexp = "identifiers\\." + DeviceForms.KEY)
            String address) {}

    /**
     * What is said in a stream.
     *
     * @param schemas the versions of its schema, up to 100, growing
     */
    record StreamDescription(@NotNull @Size(max = 100) List<@NotNull @Valid SchemaVersion> schemas) {}

    /**
     * A version of a schema. A version stays as it is for as long as its type exists, because measurements name it.
     *
     * @param version its number; left out, the next one if the schema differs from the newest
     * @param schema a JSON Schema, draft 2020-12
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SchemaVersion(
            @Min(1) @Max(1_000_000) @Nullable Integer version,
            @NotNull JsonNode schema) {}

    /**
     * What a device can be told to do.
     *
     * @param description what that is, for people
     * @param args a JSON Schema of its arguments; a command given without any has {@code {}}
     * @param result a JSON Schema of its result, for whoever reads it: devices are not held to it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommandDescription(
            @Size(max = 1_000) @CleanText @Nullable String description,
            @Nullable JsonNode args,
            @Nullable JsonNode result) {}
}
