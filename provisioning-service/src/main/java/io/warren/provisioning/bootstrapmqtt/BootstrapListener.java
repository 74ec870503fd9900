package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.BootstrapName;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.platform.trace.TraceContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/**
 * Hears what devices without an identity ask, and answers them. A message that the broker delivers again is a device that asks again,
 * which is harmless.
 */
@Component
class BootstrapListener {

    private static final Logger log = LoggerFactory.getLogger(BootstrapListener.class);
    private static final String BOOTSTRAP = "bootstrap";

    private final BootstrapRequests requests;
    private final SessionBootstrap bootstrap;
    private final BootstrapAnswers answers;

    BootstrapListener(BootstrapRequests requests, SessionBootstrap bootstrap, BootstrapAnswers answers) {
        this.requests = requests;
        this.bootstrap = bootstrap;
        this.answers = answers;
    }

    @RabbitListener(queues = "provisioning.bootstrap", containerFactory = BootstrapMessages.REQUESTS)
    void hear(Message message) {
        try (TraceContext.Scope _ = TraceContext.begin().enter()) {
            topic(message).ifPresent(topic -> answer(topic, message));
        }
    }

    private void answer(UpTopic topic, Message message) {
        DeviceAddress device = topic.sender();
        ReplyAddress reply = ReplyAddress.at(
                DeviceTopics.down(device, topic.path().toArray(String[]::new)), message.getMessageProperties());
        try {
            reply = ReplyAddress.named(message.getMessageProperties(), DeviceTopics.down(device, BOOTSTRAP, ""))
                    .orElse(reply);
            Optional<?> answer = bootstrap.register(device, requests.read(device, message.getBody()));
            if (answer.isPresent()) {
                answers.give(reply, answer.get());
            } else {
                log.info("{} is not answered: somebody else has connected in its name since", device);
            }
        } catch (RuntimeException e) {
            answers.refuse(topic, reply, e);
        }
    }

    /** By the broker's word on who it is from, which nobody can forge; without it, it is from no device. */
    private static Optional<UpTopic> topic(Message message) {
        Object sender = message.getMessageProperties().getHeader(DeviceTopics.CLIENT_ID_HEADER);
        return DeviceTopics.parseUp(
                        String.valueOf(message.getMessageProperties().getReceivedRoutingKey()))
                .filter(topic -> topic.route().gateway() == null
                        && topic.path().size() == 2
                        && topic.path().getFirst().equals(BOOTSTRAP))
                .filter(topic -> new BootstrapName(topic.sender()).toString().equals(String.valueOf(sender)));
    }
}
