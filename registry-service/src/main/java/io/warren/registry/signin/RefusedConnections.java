package io.warren.registry.signin;

import io.warren.platform.peer.PeerAddress;
import io.warren.registry.RawMessages;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Hears from the broker where refused sign-ins came from: the question about the user does not say. Every replica hears of all of
 * them, through a queue of its own that goes with its connection.
 */
@Component
class RefusedConnections {

    private final SignInFailures failures;

    RefusedConnections(SignInFailures failures) {
        this.failures = failures;
    }

    @RabbitListener(queues = "#{@refusedConnectionsQueue}", messageConverter = RawMessages.CONVERTER)
    void hear(Message event) {
        if (event.getMessageProperties().getHeaders().get("name") instanceof String username
                && event.getMessageProperties().getHeaders().get("connection_name") instanceof String connection) {
            PeerAddress.ofConnection(connection).ifPresent(address -> failures.told(username, address));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Topology {

        /** What does not fit is not counted: there are enough of them by then. */
        private static final int MOST_WAITING = 10_000;

        @Bean
        Queue refusedConnectionsQueue() {
            return QueueBuilder.nonDurable("")
                    .exclusive()
                    .autoDelete()
                    .maxLength(MOST_WAITING)
                    .build();
        }

        @Bean
        Binding refusedConnectionsBinding(Queue refusedConnectionsQueue) {
            return BindingBuilder.bind(refusedConnectionsQueue)
                    .to(new TopicExchange("amq.rabbitmq.event"))
                    .with("user.authentication.failure");
        }
    }
}
