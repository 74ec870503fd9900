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
import io.warren.provisioning.signedproof.CertificateProof;
import io.warren.provisioning.x509.CertificateFacts;
import io.warren.provisioning.x509.ClientCertificates;
import io.warren.provisioning.x509.Flaw;
import io.warren.provisioning.x509.X509Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Knows devices by certificates that were listed one by one; who has issued them does not matter. */
@Component
@Order(CertificateAttestor.FIRST)
class CertificateAttestor implements Attestor {

    /** A certificate that is listed by itself is meant by itself, whatever its authority or the device may name. */
    static final int FIRST = 100;

    private final EnrollmentRepository enrollments;
    private final Clock clock;

    CertificateAttestor(EnrollmentRepository enrollments, Clock clock) {
        this.enrollments = enrollments;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.X509;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        Instant now = clock.instant();
        if (!(CertificateProof.of(request, source, now) instanceof CertificateProof.Shown shown)) {
            return Optional.empty();
        }
        X509Certificate certificate = shown.chain().getFirst();
        return enrollments
                .findByCertificate(request.tenant().value(), X509Certificates.sha256(certificate), Limit.of(1))
                .map(enrollment -> judge(request, source, enrollment, certificate, now));
    }

    private static Verdict judge(
            RegisterRequest request, Source source, Enrollment enrollment, X509Certificate certificate, Instant now) {
        Door door = enrollment.door();
        if (enrollment.isRevoked()) {
            return Refusal.unproven("The enrolment was revoked.", door);
        }
        Optional<Flaw> flaw = ClientCertificates.flaw(certificate, now);
        if (flaw.isPresent()) {
            return Refusal.unproven(flaw.get().text(), door);
        }
        Optional<DeviceId> named = Optional.ofNullable(enrollment.device()).or(() -> commonName(certificate));
        if (named.isEmpty()) {
            return Refusal.unproven("Neither the enrolment nor the certificate names a device.", door);
        }
        DeviceId device = named.get();
        if (request.deviceId() != null && !request.deviceId().equals(device)) {
            return new Refusal(Refusal.Kind.OTHER_DEVICE, "The certificate is another device's.", door.name());
        }
        Facts facts = Facts.of(request, device.value(), door, source).withCertificate(CertificateFacts.of(certificate));
        return new Attested(door, device, facts, enrollment.key().id(), "");
    }

    private static Optional<DeviceId> commonName(X509Certificate certificate) {
        List<String> names = CertificateFacts.commonNames(certificate);
        return names.size() == 1 && DeviceId.isValid(names.getFirst())
                ? Optional.of(new DeviceId(names.getFirst()))
                : Optional.empty();
    }
}
