package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by their claim tokens. */
@Component
class ClaimTokenAttestor implements Attestor {

    private final EnrollmentRepository enrollments;
    private final GroupDoors groups;

    ClaimTokenAttestor(EnrollmentRepository enrollments, GroupDoors groups) {
        this.enrollments = enrollments;
        this.groups = groups;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.CLAIM_TOKEN;
    }

    /** Whether the token may be used still, and by this device, is decided where the enrolment is locked. */
    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        String token = request.attestation().requireToken();
        String group = request.attestation().group();
        byte[] hash = new ClaimToken(token).sha256();
        return Optional.of(enrollments
                .findByTokenSha256(hash)
                .filter(found -> found.isOf(request.tenant().value(), hash))
                .filter(found -> group == null || group.equals(found.group()))
                .map(found -> judge(request, source, found, token))
                .orElseGet(() -> Refusal.unproven("The claim token is not one of this tenant's.", null)));
    }

    private Verdict judge(RegisterRequest request, Source source, Enrollment enrollment, String token) {
        DeviceId device = request.requireDeviceId();
        String group = enrollment.group();
        Optional<Door> door =
                group == null ? Optional.of(enrollment.door()) : groups.ofClaimTokens(request.tenant(), group);
        return door.<Verdict>map(found -> new Attested(
                        found,
                        device,
                        Facts.of(request, device.value(), found, source),
                        enrollment.key().id(),
                        token))
                .orElseGet(() -> Refusal.unproven("The group of the claim token is gone.", null));
    }
}
