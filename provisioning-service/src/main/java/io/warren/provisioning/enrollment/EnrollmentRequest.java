package io.warren.provisioning.enrollment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.FourDigitYear;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an enrolment.
 *
 * @param attestation how the device will prove itself
 * @param deviceId the only id under which a device is let in; left out, the device names its own
 * @param deviceType the type that the device gets; left out, {@code generic}
 * @param tags the device's first tags, at most 64
 * @param expiresAt when the token stops being good; left out, never
 */
record EnrollmentRequest(
        @NotNull @Valid Attestation attestation,
        @Nullable DeviceId deviceId,

        @Nullable
        @Pattern(
                regexp = DeviceForms.TYPE,
                message = "1 to 64 characters of a-z 0-9 _ -, of which the first is neither _ nor -")
        String deviceType,

        @Size(max = 64, message = "at most 64 tags")
        Map<
                        @Pattern(
                                regexp = DeviceForms.KEY,
                                message =
                                        "a tag's name has 1 to 64 characters of A-Z a-z 0-9 _ -, the first neither a digit nor -")
                        String,
                        @NotNull @CleanText @Size(max = 256, message = "at most 256 characters") String>
                tags,

        @Nullable @FourDigitYear Instant expiresAt) {

    EnrollmentRequest(
            Attestation attestation,
            @Nullable DeviceId deviceId,
            @Nullable String deviceType,
            @Nullable Map<String, String> tags,
            @Nullable Instant expiresAt) {
        this.attestation = attestation;
        this.deviceId = deviceId;
        this.deviceType = deviceType;
        this.tags = tags == null ? Map.of() : tags;
        // as fine as the database keeps it, so that what is shown and compared is what is stored
        this.expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** How a device proves itself. */
    record Attestation(@NotNull Kind kind) {
        static final Attestation CLAIM_TOKEN = new Attestation(Kind.CLAIM_TOKEN);

        enum Kind {
            @JsonProperty("claim-token")
            CLAIM_TOKEN
        }
    }
}
