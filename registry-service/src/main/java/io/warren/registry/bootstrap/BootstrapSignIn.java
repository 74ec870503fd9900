package io.warren.registry.bootstrap;

import io.warren.contracts.device.BootstrapName;
import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.platform.messaging.Questions;
import io.warren.registry.credential.SealedProofs;
import io.warren.registry.signin.Refusal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Judges devices that want to bootstrap over MQTT, by asking provisioning each time: a yes is good for one connection and remembered
 * nowhere, since the next one may show something else.
 */
@Component
public class BootstrapSignIn implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(BootstrapSignIn.class);

    /** The broker takes larger ones from devices; no proof is. */
    private static final int LONGEST_PROOF = 16_384;

    private final Questions provisioning;
    private final SealedProofs proofs;
    private final Semaphore room;

    BootstrapSignIn(
            ConnectionFactory connections,
            MessageConverter converter,
            SealedProofs proofs,
            BootstrapSignInProperties properties) {
        this.provisioning = new Questions(connections, converter, properties.timeout());
        this.proofs = proofs;
        this.room = new Semaphore(properties.mostQuestions());
    }

    /**
     * Why a device may not have a connection; empty if it may.
     *
     * @param proof what it shows as its password; absent if nothing, or a certificate, which is none of ours yet
     */
    public Optional<Refusal> judge(BootstrapName name, @Nullable String proof) {
        if (proof == null || proof.isEmpty()) {
            return Optional.of(Refusal.NO_PASSWORD);
        }
        if (proof.length() > LONGEST_PROOF) {
            return Optional.of(Refusal.UNPROVEN);
        }
        if (!room.tryAcquire()) {
            return Optional.of(Refusal.NO_JUDGE);
        }
        try {
            return ask(name, proof);
        } finally {
            room.release();
        }
    }

    private Optional<Refusal> ask(BootstrapName name, String proof) {
        Optional<BootstrapSignInAnswer> answer = provisioning.ask(
                ProvisioningRequests.EXCHANGE,
                ProvisioningRequests.SIGN_INS,
                BootstrapSignInQuestion.TYPE,
                new BootstrapSignInQuestion(
                        name.device().tenant().value(),
                        name.device().device().value(),
                        proofs.close(name.device(), proof),
                        null),
                BootstrapSignInAnswer.class);
        if (answer.isEmpty()) {
            log.warn("Provisioning does not say whether {} may bootstrap", name.device());
            return Optional.of(Refusal.NO_JUDGE);
        }
        return answer.get().accepted() ? Optional.empty() : Optional.of(Refusal.UNPROVEN);
    }

    @Override
    public void destroy() {
        provisioning.close();
    }
}
