package io.warren.registry.batch;

import io.warren.contracts.device.DeviceId;
import io.warren.registry.command.CommandRequest;
import io.warren.registry.job.Target;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What many devices are to do.
 *
 * @param name what; becomes a level of the topic
 * @param args with what; left out, nothing
 * @param expiresIn seconds from when a device is given the command until it need not be done any more, up to 30 days; left out, an
 *     hour
 * @param filter an expression that is true of the devices; one of this, a group and a list
 * @param group the name of a group of devices
 * @param devices a list of devices
 * @param rate how many devices a second are given the command, up to 1,000; left out, 100
 */
record BatchRequest(
        @NotNull @Pattern(regexp = CommandRequest.NAME) String name,
        @Nullable JsonNode args,
        @Min(1) @Max(CommandRequest.LONGEST_LIFE) @Nullable Integer expiresIn,
        @Size(min = 1, max = 4096) @Nullable String filter,
        @Size(min = 1, max = 64) @Nullable String group,

        @Size(min = 1, max = Target.MOST_LISTED) @Nullable List<@NotNull DeviceId> devices,

        @Min(1) @Max(1_000) @Nullable Integer rate) {

    private static final int USUAL_RATE = 100;

    CommandRequest command() {
        return new CommandRequest(name, args, expiresIn);
    }

    int devicesPerSecond() {
        return Objects.requireNonNullElse(rate, USUAL_RATE);
    }
}
