package io.warren.provisioning.bootstrap;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.trace.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** Asks the registry over the broker, with the broker's direct reply-to: no queue is declared for the answers. */
@Component
class RegistryRequests implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RegistryRequests.class);

    private final RabbitTemplate rabbit;
    private final String expiration;
    private final RetryTimes retries;

    RegistryRequests(
            ConnectionFactory connections,
            MessageConverter converter,
            BootstrapProperties properties,
            RetryTimes retries) {
        rabbit = new RabbitTemplate(connections);
        rabbit.setMessageConverter(converter);
        rabbit.setReplyTimeout(properties.registryTimeout().toMillis());
        this.retries = retries;
        expiration = String.valueOf(properties.registryTimeout().toMillis());
    }

    /**
     * Asks for a device to be let in.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if no answer comes in time
     */
    RegistrationReply ask(RegistrationRequest request) {
        RegistrationReply reply;
        try {
            reply = rabbit.convertSendAndReceiveAsType(
                    RegistrationRequest.EXCHANGE,
                    RegistrationRequest.EXCHANGE,
                    request,
                    this::complete,
                    new ParameterizedTypeReference<>() {});
        } catch (AmqpException e) {
            log.warn("The registry cannot be asked: {}", e.getMessage());
            reply = null;
        }
        if (reply == null) {
            throw new ProblemException(ProblemKind.UNAVAILABLE, "The registry does not answer.", retries.whileAway());
        }
        return reply;
    }

    private Message complete(Message message) {
        message.getMessageProperties().setType(RegistrationRequest.TYPE);
        // nobody waits for it any longer than this
        message.getMessageProperties().setExpiration(expiration);
        TraceContext trace = TraceContext.current();
        if (trace != null) {
            message.getMessageProperties().setHeader(TraceContext.HEADER, trace.traceparent());
        }
        return message;
    }

    @Override
    public void destroy() {
        rabbit.destroy();
    }
}
