package io.warren.provisioning.claimsheet;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.FourDigitYear;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for claim tokens.
 *
 * @param count how many that any device may use; left out where devices are named
 * @param deviceIds the devices that one each is for
 * @param expiresAt when they stop being good; left out, when their group does
 */
record ClaimTokenRequest(
        @Nullable @Min(1) @Max(MOST) Integer count,
        @Nullable @Size(min = 1, max = MOST) List<@NotNull DeviceId> deviceIds,
        @Nullable @FourDigitYear Instant expiresAt) {

    /** How many are made at a time. */
    static final int MOST = 1_000;

    ClaimTokenRequest(@Nullable Integer count, @Nullable List<DeviceId> deviceIds, @Nullable Instant expiresAt) {
        this.count = count;
        this.deviceIds = deviceIds;
        // as fine as the database keeps it, so that what is shown is what is stored
        this.expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * For whom each is: a device, or null for any.
     *
     * @throws ProblemException if that is not said once, or a device comes twice, or they are over before they begin
     */
    List<@Nullable DeviceId> devices(Instant now) {
        if ((count == null) == (deviceIds == null)) {
            throw invalid("/count", "either this or deviceIds");
        }
        if (deviceIds != null && new HashSet<>(deviceIds).size() < deviceIds.size()) {
            throw invalid("/deviceIds", "each once");
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw invalid("/expiresAt", "in the future");
        }
        if (deviceIds != null) {
            return Collections.unmodifiableList(deviceIds);
        }
        return Collections.nCopies(count == null ? 0 : count, null);
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation(pointer, detail)));
    }
}
