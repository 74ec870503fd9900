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

    @RabbitListener(queues = RegistrationRequest.EXCHANGE)
    RegistrationReply answer(RegistrationRequest request) {
        return registration.register(request);
    }
}
