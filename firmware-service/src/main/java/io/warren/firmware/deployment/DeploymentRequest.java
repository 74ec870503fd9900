package io.warren.firmware.deployment;

import io.warren.platform.web.CleanText;
import io.warren.platform.web.FourDigitYear;
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
        @NotNull @CleanText String release,
        @NotNull DeploymentMode mode,
        @Nullable @FourDigitYear Instant deadline) {}
