package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateAnswer;
import io.warren.contracts.provisioning.CertificateAnswer.Issued;
import io.warren.contracts.provisioning.CertificateAnswer.Outcome;
import io.warren.contracts.provisioning.CertificateQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.issuing.CertificateRequest;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Answers the registry, which asks for certificates of devices that integrators vouch for. */
@Component
class CertificateQuestionListener {

    private static final String DOOR = "api";

    private final CertificateIssue issue;

    CertificateQuestionListener(CertificateIssue issue) {
        this.issue = issue;
    }

    /** One that the device is given again, perhaps under a name that was another's a moment ago, is admitted again. */
    private IssuedCertificate issue(DeviceAddress device, CertificateRequest request) {
        IssuedCertificate issued = issue.issue(device, request, DOOR, null);
        return issued.repeated() && !issue.confirm(issued, null) ? issue.issue(device, request, DOOR, null) : issued;
    }

    private static CertificateAnswer answer(IssuedCertificate issued) {
        return new CertificateAnswer(
                Outcome.ISSUED,
                new Issued(issued.pem(), issued.serial(), issued.sha256(), issued.expiresAt(), issued.renewAfter()),
                null);
    }

    @RabbitListener(queues = ProvisioningRequests.CERTIFICATES)
    CertificateAnswer answer(CertificateQuestion question) {
        DeviceAddress device = DeviceAddress.of(question.tenant(), question.device());
        try {
            CertificateRequest request = CertificateRequest.parse(question.csr());
            return Boolean.TRUE.equals(question.full())
                    ? issue.again(device, request)
                            .map(CertificateQuestionListener::answer)
                            .orElseGet(() -> new CertificateAnswer(Outcome.NONE, null, null))
                    : answer(issue(device, request));
        } catch (ProblemException e) {
            return new CertificateAnswer(
                    e.kind().equals(ProblemKind.UNAVAILABLE) ? Outcome.UNAVAILABLE : Outcome.REFUSED,
                    null,
                    e.violations().isEmpty()
                            ? e.getMessage()
                            : e.violations().getFirst().detail());
        }
    }
}
