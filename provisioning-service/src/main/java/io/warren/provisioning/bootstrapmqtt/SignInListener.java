package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bootstrap.SealedProofs;
import io.warren.provisioning.bruteforce.Attempt;
import io.warren.provisioning.bruteforce.BruteForceGuard;
import io.warren.provisioning.proof.TextProofs;
import io.warren.provisioning.proof.TextProofs.Judgement;
import io.warren.provisioning.registration.RegistrationLedger;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Answers the registry whether a device that has no identity yet may connect to get one. */
@Component
class SignInListener {

    private final SealedProofs sealed;
    private final TextProofs proofs;
    private final BootstrapSessions sessions;
    private final BruteForceGuard guard;
    private final RegistrationLedger ledger;

    SignInListener(
            SealedProofs sealed,
            TextProofs proofs,
            BootstrapSessions sessions,
            BruteForceGuard guard,
            RegistrationLedger ledger) {
        this.sealed = sealed;
        this.proofs = proofs;
        this.sessions = sessions;
        this.guard = guard;
        this.ledger = ledger;
    }

    @RabbitListener(queues = ProvisioningRequests.SIGN_INS, containerFactory = BootstrapMessages.SIGN_INS)
    BootstrapSignInAnswer answer(BootstrapSignInQuestion question) {
        DeviceAddress device = DeviceAddress.of(question.tenant(), question.device());
        Source source = new Source(question.address(), List.of());
        boolean accepted = !guard.isLockedOut(Attempt.of(device.tenant(), device.device(), source.address()))
                && sealed.open(device, question.sealedProof())
                        .filter(proof -> accepts(device, proof, source))
                        .isPresent();
        return new BootstrapSignInAnswer(accepted);
    }

    private boolean accepts(DeviceAddress device, String proof, Source source) {
        Judgement judgement = proofs.judge(device, proof, null, source);
        return switch (judgement.verdict()) {
            // who is proved to be another is not to listen in this one's name
            case Attested proven -> proven.device().equals(device.device()) && sessions.open(device.tenant(), proven);
            case Refusal refusal -> {
                count(judgement.request(), refusal, source);
                yield false;
            }
        };
    }

    /** Not against the device where nobody knows who it was, or anybody could lock out one whose name he knows. */
    private void count(RegisterRequest request, Refusal refusal, Source source) {
        ledger.turnAway(request, refusal, source);
        DeviceId counted = source.address() == null ? null : request.deviceId();
        guard.count(Attempt.of(request.tenant(), counted, source.address()).at(refusal.door()));
    }
}
