package io.warren.provisioning.admission;

import io.warren.contracts.device.DeviceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a device is let in as. Of a device that the registry knows, all but the id stays as it is.
 *
 * @param device its id
 * @param deviceType its type; absent, {@code generic}
 * @param tags its first tags
 * @param state what it is to be like at first, an object; absent, what its type says
 */
public record Grant(
        DeviceId device,
        @Nullable String deviceType,
        Map<String, String> tags,
        @Nullable JsonNode state) {}
