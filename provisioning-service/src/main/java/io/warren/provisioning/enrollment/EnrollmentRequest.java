package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.FourDigitYear;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Naming;
import io.warren.provisioning.policy.Webhook;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for an enrolment. What is not named here is as in {@link EnrollmentPolicy}.
 *
 * @param attestation how the device will prove itself
 * @param deviceId the only id under which a device is let in; left out, the device names its own
 * @param deviceType the type that the device gets; left out, {@code generic}
 * @param tags the device's first tags, at most 64
 * @param expiresAt when the token stops being good; left out, never
 */
record EnrollmentRequest(
        @NotNull @Valid EnrollmentAttestation attestation,
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

        @Nullable @FourDigitYear Instant expiresAt,
        @Nullable JsonNode state,
        @Nullable @Valid Naming naming,
        @Nullable @FourDigitYear Instant validFrom,
        EnrollmentPolicy.@Nullable Approval approval,
        EnrollmentPolicy.@Nullable Reprovisioning reprovisioning,
        EnrollmentPolicy.@Nullable Replacement replacement,
        @Nullable @Valid Assignment assignment,
        @Nullable @Valid Webhook hook,
        EnrollmentPolicy.@Nullable Credentials credentials) {

    EnrollmentRequest(
            EnrollmentAttestation attestation,
            @Nullable DeviceId deviceId,
            @Nullable String deviceType,
            @Nullable Map<String, String> tags,
            @Nullable Instant expiresAt,
            @Nullable JsonNode state,
            @Nullable Naming naming,
            @Nullable Instant validFrom,
            EnrollmentPolicy.@Nullable Approval approval,
            EnrollmentPolicy.@Nullable Reprovisioning reprovisioning,
            EnrollmentPolicy.@Nullable Replacement replacement,
            @Nullable Assignment assignment,
            @Nullable Webhook hook,
            EnrollmentPolicy.@Nullable Credentials credentials) {
        this.attestation = attestation;
        this.deviceId = deviceId;
        this.deviceType = deviceType;
        this.tags = tags == null ? Map.of() : tags;
        // as fine as the database keeps it, so that what is shown and compared is what is stored
        this.expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        this.state = state;
        this.naming = naming;
        this.validFrom = validFrom;
        this.approval = approval;
        this.reprovisioning = reprovisioning;
        this.replacement = replacement;
        this.assignment = assignment;
        this.hook = hook;
        this.credentials = credentials;
    }

    /** Asks for what there is. */
    static EnrollmentRequest of(EnrollmentAttestation attestation, @Nullable DeviceId device, EnrollmentPolicy policy) {
        return new EnrollmentRequest(
                attestation,
                device,
                policy.deviceType(),
                policy.tags(),
                policy.validUntil(),
                policy.state(),
                policy.naming(),
                policy.validFrom(),
                policy.approval(),
                policy.reprovisioning(),
                policy.replacement(),
                policy.assignment(),
                policy.hook(),
                policy.credentials());
    }

    EnrollmentPolicy policy() {
        return new EnrollmentPolicy(
                deviceType,
                tags,
                state,
                naming,
                validFrom,
                expiresAt,
                null,
                approval,
                EnrollmentPolicy.reprovisioning(reprovisioning, attestation.kind() == AttestationKind.CLAIM_TOKEN),
                replacement,
                assignment,
                hook,
                credentials);
    }
}
