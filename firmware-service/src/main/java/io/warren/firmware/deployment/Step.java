package io.warren.firmware.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.firmware.status.DeploymentStatus;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a deployment's history.
 *
 * @param applied false for what a device said too late or out of order: it is on record and changed nothing
 */
@Embeddable
@JsonInclude(JsonInclude.Include.NON_NULL)
record Step(
        Instant at,
        @Enumerated(EnumType.STRING) DeploymentStatus status,
        @Nullable Integer progress,
        @Nullable String detail,
        boolean applied) {}
