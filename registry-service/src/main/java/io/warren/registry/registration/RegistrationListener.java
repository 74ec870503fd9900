package io.warren.registry.registration;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.stereotype.Component;

/** Answers provisioning over the broker, many requests at a time. Who gets no answer asks again. */
@Component
class RegistrationListener {

    private static final Logger log = LoggerFactory.getLogger(RegistrationListener.class);

    private final SelfRegistration registration;
    private final MessageConverter converter;
    private final RabbitOperations rabbit;

    RegistrationListener(SelfRegistration registration, MessageConverter converter, RabbitOperations rabbit) {
        this.registration = registration;
        this.converter = converter;
        this.rabbit = rabbit;
    }

    @RabbitListener(queues = RegistrationRequest.EXCHANGE, containerFactory = RegistrationBatches.FACTORY)
    void answer(List<Message> messages) {
        List<Question> questions =
                messages.stream().map(this::read).flatMap(Optional::stream).toList();
        Map<RegistrationRequest, RegistrationReply> replies =
                registration.register(questions.stream().map(Question::request).toList());
        for (Question question : questions) {
            RegistrationReply reply = replies.get(question.request());
            if (reply != null) {
                answer(question.asked(), reply);
            }
        }
    }

    private Optional<Question> read(Message message) {
        MessageProperties asked = message.getMessageProperties();
        asked.setInferredArgumentType(RegistrationRequest.class);
        try {
            return Optional.of(new Question(asked, (RegistrationRequest) converter.fromMessage(message)));
        } catch (MessageConversionException e) {
            log.warn("A request to let a device in cannot be read", e);
            return Optional.empty();
        }
    }

    private void answer(MessageProperties asked, RegistrationReply reply) {
        String replyTo = asked.getReplyTo();
        if (replyTo == null) {
            return;
        }
        rabbit.convertAndSend("", replyTo, reply, answer -> {
            answer.getMessageProperties().setCorrelationId(asked.getCorrelationId());
            answer.getMessageProperties().setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT);
            return answer;
        });
    }

    private record Question(MessageProperties asked, RegistrationRequest request) {}
}
