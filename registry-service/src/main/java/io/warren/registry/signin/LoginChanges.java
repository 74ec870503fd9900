package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.registry.RawMessages;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forgets the logins that other replicas change. Each replica hears of them through a queue of its own that goes with its
 * connection; what happened while there was none is not known, so everything is forgotten when there is one again.
 */
@Component
class LoginChanges {

    private final Logins logins;
    private final Queue queue;
    private final JsonMapper json;

    LoginChanges(Logins logins, Queue loginChangesQueue, JsonMapper json) {
        this.logins = logins;
        this.queue = loginChangesQueue;
        this.json = json;
    }

    @RabbitListener(queues = "#{@loginChangesQueue}", messageConverter = RawMessages.CONVERTER)
    void forget(Message message) {
        JsonNode event = json.readTree(message.getBody());
        logins.forget(DeviceAddress.of(
                event.required("tenant").stringValue(), event.required("device").stringValue()));
    }

    @EventListener
    void forgetAll(ConsumeOkEvent subscribed) {
        if (subscribed.getQueue().equals(queue.getActualName())) {
            logins.forgetAll();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Topology {

        /** Without a name: the broker gives it one that only this connection may use. */
        @Bean
        Queue loginChangesQueue() {
            return new Queue("", false, true, true);
        }

        @Bean
        Declarables loginChangesBindings(Queue loginChangesQueue) {
            TopicExchange events = new TopicExchange(RegistryEvents.EXCHANGE);
            return new Declarables(
                    binding(loginChangesQueue, events, "device.#"), binding(loginChangesQueue, events, "credential.#"));
        }

        private static Binding binding(Queue queue, TopicExchange events, String key) {
            return BindingBuilder.bind(queue).to(events).with(key);
        }
    }
}
