package io.warren.provisioning.bootstrap;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.messaging.Questions;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks the registry to let devices in. */
@Component
class RegistryRequests implements DisposableBean {

    private final Questions registry;
    private final RetryTimes retries;

    RegistryRequests(
            ConnectionFactory connections,
            MessageConverter converter,
            BootstrapProperties properties,
            RetryTimes retries) {
        this.registry = new Questions(connections, converter, properties.registryTimeout());
        this.retries = retries;
    }

    /**
     * Asks for a device to be let in.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if no answer comes in time
     */
    RegistrationReply ask(RegistrationRequest request) {
        return registry.ask(
                        RegistrationRequest.EXCHANGE,
                        RegistrationRequest.EXCHANGE,
                        RegistrationRequest.TYPE,
                        request,
                        RegistrationReply.class)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNAVAILABLE, "The registry does not answer.", retries.whileAway()));
    }

    @Override
    public void destroy() {
        registry.close();
    }
}
