package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateAnswer;
import io.warren.contracts.provisioning.CertificateAnswer.Issued;
import io.warren.contracts.provisioning.CertificateQuestion;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.device.Devices;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The certificates of a device: admitted as integrators show them, or issued by provisioning at their request. */
@Component
class CertificateCredentials {

    private final CertificateCheck check;
    private final CertificateQuestions provisioning;
    private final CredentialIssue issue;
    private final Devices devices;

    CertificateCredentials(
            CertificateCheck check, CertificateQuestions provisioning, CredentialIssue issue, Devices devices) {
        this.check = check;
        this.provisioning = provisioning;
        this.issue = issue;
        this.devices = devices;
    }

    /** Admits a certificate, in PEM, as the broker would believe it. */
    Credential admit(DeviceAddress device, String pem) {
        devices.require(device);
        return issue.admit(device, check.check(device, pem));
    }

    /** A certificate that was issued, and the credential that the device has with it. */
    record Certified(Credential credential, Issued certificate) {}

    /**
     * Has one issued. The same request again gets the same certificate, for as long as that is fresh.
     *
     * @param csr a certification request (PKCS#10) in PEM or base64
     */
    Certified issue(DeviceAddress device, String csr) {
        devices.require(device);
        // asked before, or a certificate would be issued that the device cannot be given
        CertificateAnswer answer = provisioning.ask(new CertificateQuestion(
                device.tenant().value(), device.device().value(), csr, issue.isFull(device) ? true : null));
        if (answer.outcome() == CertificateAnswer.Outcome.NONE) {
            throw CredentialIssue.tooManyCertificates();
        }
        Issued certificate = answer.issued();
        if (certificate == null) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The certification request cannot be used.",
                    List.of(new Violation("/csr", Objects.requireNonNullElse(answer.reason(), "it is refused"))));
        }
        Credential credential = issue.admit(
                device,
                new DeviceCertificate(
                        HexFormat.of().parseHex(certificate.sha256()), certificate.serial(), certificate.expiresAt()));
        return new Certified(credential, certificate);
    }
}
