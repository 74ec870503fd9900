package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.attestation.Verdict;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by keys of their own. */
@Component
class DeviceKeyAttestor implements Attestor {

    private final EnrollmentDoors doors;
    private final Proofs proofs;
    private final Clock clock;

    DeviceKeyAttestor(EnrollmentDoors doors, Proofs proofs, Clock clock) {
        this.doors = doors;
        this.proofs = proofs;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.SYMMETRIC_KEY;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        if (request.attestation().group() != null) {
            return Optional.empty();
        }
        return doors.ofDevice(request, AttestationKind.SYMMETRIC_KEY)
                .map(enrollment -> judge(request, source, enrollment));
    }

    private Verdict judge(RegisterRequest request, Source source, Enrollment enrollment) {
        Optional<SymmetricKey> key =
                Optional.ofNullable(enrollment.sealedKey()).flatMap(kept -> proofs.open(enrollment.key(), kept));
        if (key.isEmpty()) {
            return Refusal.unproven("The key of the enrolment cannot be opened.", enrollment.door());
        }
        DeviceAddress address = new DeviceAddress(request.tenant(), request.requireDeviceId());
        return key.get()
                .flaw(request.attestation().requireToken(), address, clock.instant())
                .<Verdict>map(flaw -> Refusal.unproven(flaw, enrollment.door()))
                .orElseGet(() -> doors.attested(enrollment, request, source));
    }
}
