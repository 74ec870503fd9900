package io.warren.provisioning.est;

import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.messaging.Questions;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks the registry to admit renewed certificates. */
@Component
class RegistryRenewals implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Questions registry;
    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    RegistryRenewals(ConnectionFactory connections, MessageConverter converter) {
        registry = new Questions(connections, converter, PATIENCE);
    }

    /**
     * Asks.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if no answer comes in time
     */
    RegistrationReply ask(CertificateRenewal renewal) {
        return registry.ask(
                        RegistrationRequest.EXCHANGE,
                        CertificateRenewal.KEY,
                        CertificateRenewal.TYPE,
                        renewal,
                        RegistrationReply.class)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNAVAILABLE, "The registry does not answer.", returnTimes.next()));
    }

    @Override
    public void destroy() {
        registry.close();
    }
}
