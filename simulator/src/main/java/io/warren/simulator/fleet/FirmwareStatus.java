package io.warren.simulator.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code firmware/status}.
 *
 * @param progress of the download, in percent
 * @param detail why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FirmwareStatus(
        String deploymentId,
        String status,
        @Nullable Long progress,
        @Nullable String detail) {}
