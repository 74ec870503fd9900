package io.warren.provisioning.enrollment;

import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by their claim tokens. */
@Component
class ClaimTokenAttestor implements Attestor {

    private final EnrollmentRepository enrollments;

    ClaimTokenAttestor(EnrollmentRepository enrollments) {
        this.enrollments = enrollments;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.CLAIM_TOKEN;
    }

    /** Whether the token may be used still, and by this device, is decided where the enrolment is locked. */
    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        String token = request.attestation().requireToken();
        byte[] hash = new ClaimToken(token).sha256();
        return Optional.of(enrollments
                .findByTokenSha256(hash)
                .filter(found -> found.isOf(request.tenant().value(), hash))
                .map(Enrollment::door)
                .<Verdict>map(door -> new Attested(
                        door,
                        request.requireDeviceId(),
                        Facts.of(request, request.requireDeviceId().value(), door, source),
                        token))
                .orElseGet(() -> Refusal.unproven("The claim token is not one of this tenant's.", null)));
    }
}
