package io.warren.provisioning.enrollmentgroup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Naming;
import io.warren.provisioning.policy.Webhook;
import io.warren.provisioning.sealing.HookSecrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A group as integrators see it.
 *
 * @param attestation with keys in the answer that sets them, and never again
 * @param registered how many devices have come through it; absent in lists
 * @param refused how many registrations it has turned away; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollmentGroupView(
        String id,
        GroupAttestation attestation,
        @Nullable String deviceType,
        Map<String, String> tags,
        @Nullable JsonNode state,
        @Nullable Naming naming,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Integer quota,
        EnrollmentPolicy.Approval approval,
        EnrollmentPolicy.Reprovisioning reprovisioning,
        EnrollmentPolicy.Replacement replacement,
        @Nullable Assignment assignment,
        @Nullable Webhook hook,
        EnrollmentPolicy.Credentials credentials,
        @Nullable Long registered,
        @Nullable Long refused,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static EnrollmentGroupView of(
            EnrollmentGroup group, GroupAttestation attestation, @Nullable Long registered, @Nullable Long refused) {
        EnrollmentPolicy policy = HookSecrets.shown(group.policy());
        return new EnrollmentGroupView(
                group.id(),
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
                policy.credentials(),
                registered,
                refused,
                group.createdAt(),
                group.updatedAt(),
                group.version());
    }
}
