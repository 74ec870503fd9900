package io.warren.firmware.deployment;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a device to be updated.
 *
 * @param release the id of a release that may be deployed
 * @param deadline when the update should be done, for the device to know
 */
record DeploymentRequest(
        @NotNull String release,
        @NotNull DeploymentMode mode,
        @Nullable Instant deadline) {}
