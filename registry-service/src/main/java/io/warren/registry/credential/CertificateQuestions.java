package io.warren.registry.credential;

import io.warren.contracts.provisioning.CertificateAnswer;
import io.warren.contracts.provisioning.CertificateQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.platform.messaging.Questions;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks provisioning for certificates. */
@Component
class CertificateQuestions implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Questions questions;
    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    CertificateQuestions(ConnectionFactory connections, MessageConverter converter) {
        questions = new Questions(connections, converter, PATIENCE);
    }

    /**
     * Asks for a certificate.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if no answer comes in time, or provisioning cannot say yet
     */
    CertificateAnswer ask(CertificateQuestion question) {
        return questions
                .ask(
                        ProvisioningRequests.EXCHANGE,
                        ProvisioningRequests.CERTIFICATES,
                        CertificateQuestion.TYPE,
                        question,
                        CertificateAnswer.class)
                .filter(answer -> answer.outcome() != CertificateAnswer.Outcome.UNAVAILABLE)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNAVAILABLE, "No certificate can be issued at the moment.", returnTimes.next()));
    }

    @Override
    public void destroy() {
        questions.close();
    }
}
