package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.credential.CredentialIssue;
import io.warren.registry.credential.CredentialIssue.Proven;
import io.warren.registry.signin.SignIn;
import io.warren.registry.signin.Verdict;
import java.util.HexFormat;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Admits the next certificate of a device that could sign in with the one it shows. */
@Component
class RenewalListener {

    private final SignIn signIn;
    private final CredentialIssue credentials;

    RenewalListener(SignIn signIn, CredentialIssue credentials) {
        this.signIn = signIn;
        this.credentials = credentials;
    }

    // a fleet that was let in together comes together: some at a time share the database's commits
    @RabbitListener(queues = CertificateRenewal.KEY, concurrency = "6")
    RegistrationReply answer(CertificateRenewal renewal) {
        DeviceAddress device = DeviceAddress.of(renewal.tenant(), renewal.device());
        byte[] current = HexFormat.of().parseHex(renewal.currentSha256());
        return switch (signIn.judgeCertificate(device.toString(), current)) {
            case Verdict.Refused refused ->
                new RegistrationReply(Outcome.REFUSED, refused.reason().text());
            case Verdict.Accepted _ -> renew(device, current, renewal);
        };
    }

    private RegistrationReply renew(DeviceAddress device, byte[] current, CertificateRenewal renewal) {
        try {
            Proven proven = credentials.renew(device, current, renewal.next());
            return new RegistrationReply(
                    proven.newly().contains(device.device()) ? Outcome.REGISTERED : Outcome.ALREADY_REGISTERED,
                    null,
                    null,
                    proven.at());
        } catch (ProblemException e) {
            return new RegistrationReply(Outcome.REFUSED, e.getMessage());
        }
    }
}
