package io.warren.registry.registration;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Answers provisioning over the broker. */
@Component
class RegistrationListener {

    private final SelfRegistration registration;

    RegistrationListener(SelfRegistration registration) {
        this.registration = registration;
    }

    // most of a registration is waiting for the database: some at a time share its commits
    @RabbitListener(queues = RegistrationRequest.EXCHANGE, concurrency = "6")
    RegistrationReply answer(RegistrationRequest request) {
        return registration.register(request);
    }
}
