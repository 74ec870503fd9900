package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Enrolments of one device as what it comes through, for those that judge proofs. */
@Component
public class EnrollmentDoors {

    private final EnrollmentRepository enrollments;

    EnrollmentDoors(EnrollmentRepository enrollments) {
        this.enrollments = enrollments;
    }

    /**
     * An enrolment for a certificate.
     *
     * @param device the only device that it is for; absent if the certificate says which
     */
    public record OfCertificate(Door door, @Nullable DeviceId device) {}

    /** The enrolment that lists a certificate, by SHA-256 of its encoding (DER). */
    public Optional<OfCertificate> ofCertificate(TenantId tenant, byte[] sha256) {
        return enrollments
                .findByCertificate(tenant.value(), sha256)
                .map(enrollment -> new OfCertificate(enrollment.door(), enrollment.device()));
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
