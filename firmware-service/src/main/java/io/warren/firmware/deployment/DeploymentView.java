package io.warren.firmware.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.firmware.status.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as integrators see it.
 *
 * @param progress of the step under way, in percent
 * @param detail what the device says about it
 * @param history every step and every word that came too late; only where one deployment is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentView(
        UUID id,
        String device,
        String release,
        DeploymentMode mode,
        @Nullable Instant deadline,
        DeploymentStatus status,
        @Nullable Integer progress,
        @Nullable String detail,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable List<Step> history) {}
