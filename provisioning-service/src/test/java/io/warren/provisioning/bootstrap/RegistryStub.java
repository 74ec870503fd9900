package io.warren.provisioning.bootstrap;

import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;

/** The other ends of the contracts: a registry that takes the first who comes with a name, and whoever follows registrations. */
class RegistryStub {

    static final Function<RegistrationRequest, RegistrationReply> AGREES = request -> new RegistrationReply(
            Outcome.REGISTERED,
            null,
            new RegistrationReply.Desired(1, request.desired() == null ? Map.of() : request.desired()),
            Instant.now());

    final List<RegistrationRequest> requests = new CopyOnWriteArrayList<>();
    final List<RegistrationEvent> events = new CopyOnWriteArrayList<>();
    volatile Function<RegistrationRequest, RegistrationReply> answer = AGREES;

    @RabbitListener(queues = RegistrationRequest.EXCHANGE, concurrency = "4")
    RegistrationReply answer(RegistrationRequest request) {
        requests.add(request);
        return answer.apply(request);
    }

    @RabbitListener(
            bindings =
                    @QueueBinding(
                            value = @Queue,
                            exchange = @Exchange(name = RegistrationEvent.EXCHANGE, type = "topic"),
                            key = "registration.#"))
    void follow(RegistrationEvent event) {
        events.add(event);
    }
}
