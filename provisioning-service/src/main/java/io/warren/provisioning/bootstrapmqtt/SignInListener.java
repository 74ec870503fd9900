package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bootstrap.SealedProofs;
import io.warren.provisioning.proof.TextProofs;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Answers the registry whether a device that has no identity yet may connect to get one. */
@Component
class SignInListener {

    private final SealedProofs sealed;
    private final TextProofs proofs;
    private final BootstrapSessions sessions;

    SignInListener(SealedProofs sealed, TextProofs proofs, BootstrapSessions sessions) {
        this.sealed = sealed;
        this.proofs = proofs;
        this.sessions = sessions;
    }

    @RabbitListener(queues = ProvisioningRequests.SIGN_INS, containerFactory = BootstrapMessages.SIGN_INS)
    BootstrapSignInAnswer answer(BootstrapSignInQuestion question) {
        DeviceAddress device = DeviceAddress.of(question.tenant(), question.device());
        boolean accepted = sealed.open(device, question.sealedProof())
                .flatMap(proof -> proofs.judge(device, proof, new Source(question.address(), List.of())))
                // who is proved to be another is not to listen in this one's name
                .filter(proven -> proven.device().equals(device.device()))
                .filter(proven -> sessions.open(device.tenant(), proven))
                .isPresent();
        return new BootstrapSignInAnswer(accepted);
    }
}
