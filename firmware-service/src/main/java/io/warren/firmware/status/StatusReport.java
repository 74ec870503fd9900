package io.warren.firmware.status;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device says about its deployment.
 *
 * @param progress of the step, 0 to 100
 */
public record StatusReport(
        UUID deployment,
        DeploymentStatus status,
        @Nullable Integer progress,
        @Nullable String detail) {}
