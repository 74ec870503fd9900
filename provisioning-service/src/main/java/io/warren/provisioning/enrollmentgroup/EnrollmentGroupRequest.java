package io.warren.provisioning.enrollmentgroup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.warren.contracts.device.DeviceForms;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.FourDigitYear;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Naming;
import io.warren.provisioning.policy.Webhook;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an integrator says of a group: how its devices prove themselves, and the fields of {@link EnrollmentPolicy}. What only the
 * platform knows of it is read over, so that a group can be read, changed and put back.
 */
@JsonIgnoreProperties({"id", "registered", "refused", "createdAt", "updatedAt", "version"})
record EnrollmentGroupRequest(
        @NotNull @Valid GroupAttestation attestation,

        @Nullable
        @Pattern(
                regexp = DeviceForms.TYPE,
                message = "1 to 64 characters of a-z 0-9 _ -, of which the first is neither _ nor -")
        String deviceType,

        @Nullable @Size(max = 64, message = "at most 64 tags")
        Map<
                        @Pattern(
                                regexp = DeviceForms.KEY,
                                message =
                                        "a tag's name has 1 to 64 characters of A-Z a-z 0-9 _ -, the first neither a digit nor -")
                        String,
                        @NotNull @CleanText @Size(max = 256, message = "at most 256 characters") String>
                tags,

        @Nullable JsonNode state,
        @Nullable @Valid Naming naming,
        @Nullable @FourDigitYear Instant validFrom,
        @Nullable @FourDigitYear Instant validUntil,
        @Nullable @Min(1) @Max(10_000_000) Integer quota,
        EnrollmentPolicy.@Nullable Approval approval,
        EnrollmentPolicy.@Nullable Reprovisioning reprovisioning,
        EnrollmentPolicy.@Nullable Replacement replacement,
        @Nullable @Valid Assignment assignment,
        @Nullable @Valid Webhook hook,
        EnrollmentPolicy.@Nullable Credentials credentials) {

    /** Asks for what there is. */
    static EnrollmentGroupRequest of(GroupAttestation attestation, EnrollmentPolicy policy) {
        return new EnrollmentGroupRequest(
                attestation,
                policy.deviceType(),
                policy.tags(),
                policy.state(),
                policy.naming(),
                policy.validFrom(),
                policy.validUntil(),
                policy.quota(),
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
                validUntil,
                quota,
                approval,
                EnrollmentPolicy.reprovisioning(
                        reprovisioning, attestation.kind() == GroupAttestation.Kind.CLAIM_TOKEN),
                replacement,
                assignment,
                hook,
                credentials);
    }
}
