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

    @RabbitListener(queues = ProvisioningRequests.CERTIFICATES)
    CertificateAnswer answer(CertificateQuestion question) {
        try {
            IssuedCertificate issued = issue.issue(
                    DeviceAddress.of(question.tenant(), question.device()),
                    CertificateRequest.parse(question.csr()),
                    DOOR,
                    null);
            return new CertificateAnswer(
                    Outcome.ISSUED,
                    new Issued(issued.pem(), issued.serial(), issued.sha256(), issued.expiresAt(), issued.renewAfter()),
                    null);
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
