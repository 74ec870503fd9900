package io.warren.registry.bootstrap;

import io.warren.contracts.device.BootstrapName;
import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.platform.trace.TraceContext;
import io.warren.registry.credential.SealedProofs;
import io.warren.registry.signin.Refusal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.ParameterizedTypeReference;
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

    private final RabbitTemplate rabbit;
    private final SealedProofs proofs;
    private final Semaphore room;
    private final String expiration;

    BootstrapSignIn(
            ConnectionFactory connections,
            MessageConverter converter,
            SealedProofs proofs,
            BootstrapSignInProperties properties) {
        this.proofs = proofs;
        this.room = new Semaphore(properties.mostQuestions());
        this.expiration = String.valueOf(properties.timeout().toMillis());
        rabbit = new RabbitTemplate(connections);
        rabbit.setMessageConverter(converter);
        rabbit.setReplyTimeout(properties.timeout().toMillis());
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
        BootstrapSignInAnswer answer;
        try {
            answer = rabbit.convertSendAndReceiveAsType(
                    ProvisioningRequests.EXCHANGE,
                    ProvisioningRequests.SIGN_INS,
                    new BootstrapSignInQuestion(
                            name.device().tenant().value(),
                            name.device().device().value(),
                            proofs.close(name.device(), proof),
                            null),
                    this::complete,
                    new ParameterizedTypeReference<>() {});
        } catch (AmqpException e) {
            log.warn("Provisioning cannot be asked about a device that bootstraps: {}", e.getMessage());
            return Optional.of(Refusal.NO_JUDGE);
        }
        if (answer == null) {
            log.warn("Provisioning does not answer whether {} may bootstrap", name.device());
            return Optional.of(Refusal.NO_JUDGE);
        }
        return answer.accepted() ? Optional.empty() : Optional.of(Refusal.UNPROVEN);
    }

    private Message complete(Message message) {
        MessageProperties properties = message.getMessageProperties();
        properties.setType(BootstrapSignInQuestion.TYPE);
        properties.setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT);
        // nobody waits for it any longer than this
        properties.setExpiration(expiration);
        TraceContext trace = TraceContext.current();
        if (trace != null) {
            properties.setHeader(TraceContext.HEADER, trace.traceparent());
        }
        return message;
    }

    @Override
    public void destroy() {
        rabbit.destroy();
    }
}
