package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.issuing.CertificateRequest;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives devices certificates that the registry admits; one that it does not admit stays here. */
@Component
public class CertificateAdmission {

    private final CertificateIssue issue;

    CertificateAdmission(CertificateIssue issue) {
        this.issue = issue;
    }

    /**
     * A certificate, and what the registry says to it.
     *
     * @param certificate for the device, if the registry admits it
     */
    public record Admission(IssuedCertificate certificate, RegistrationReply reply) {}

    /**
     * Issues a certificate, as {@link CertificateIssue#issue} does, and has it admitted.
     *
     * @param registry asks for that
     * @throws ProblemException if none can be issued, or the registry does not answer
     */
    public Admission admit(
            DeviceAddress device,
            CertificateRequest request,
            String door,
            @Nullable UUID registration,
            Function<RegistrationRequest.Certificate, RegistrationReply> registry) {
        Admission admission = ask(issue.issue(device, request, door, registration), registry);
        return isLost(admission) ? ask(issue.issue(device, request, door, registration), registry) : admission;
    }

    private Admission ask(
            IssuedCertificate issued, Function<RegistrationRequest.Certificate, RegistrationReply> registry) {
        RegistrationReply reply = registry.apply(
                new RegistrationRequest.Certificate(issued.sha256(), issued.serial(), issued.expiresAt()));
        if (!reply.isAdmission() && !issued.repeated()) {
            issue.withhold(issued);
        }
        return new Admission(issued, reply);
    }

    /** Of a device that was deleted and comes again at once, what it had is revoked when that is heard here, which may be just now. */
    private boolean isLost(Admission admission) {
        return admission.certificate().repeated()
                && admission.reply().isAdmission()
                && !issue.confirm(admission.certificate(), admission.reply().admittedAt());
    }
}
