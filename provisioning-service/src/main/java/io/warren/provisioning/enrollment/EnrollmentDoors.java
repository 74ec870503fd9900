package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Enrolments of one device as what it comes through, for those that judge proofs. */
@Component
class EnrollmentDoors {

    private final EnrollmentRepository enrollments;

    EnrollmentDoors(EnrollmentRepository enrollments) {
        this.enrollments = enrollments;
    }

    /** The enrolment of the device that asks, of a kind. */
    Optional<Enrollment> ofDevice(RegisterRequest request, AttestationKind kind) {
        return enrollments.findByDevice(
                request.tenant().value(), request.requireDeviceId().value(), kind);
    }

    /** A device that has proven itself to its enrolment. */
    Attested attested(Enrollment enrollment, RegisterRequest request, Source source) {
        DeviceId device = request.requireDeviceId();
        Door door = enrollment.door();
        return new Attested(
                door,
                device,
                Facts.of(request, device.value(), door, source),
                enrollment.key().id(),
                "");
    }
}
