package io.warren.registry.lockout;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.LockoutEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.RawMessages;
import io.warren.registry.lockout.Lockout.Subject;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Hears of the lock-outs that other replicas found, through a queue of this replica's own. */
@Component
class LockoutNews {

    private final Lockouts lockouts;
    private final Queue queue;
    private final JsonMapper json;

    LockoutNews(Lockouts lockouts, Queue lockoutNewsQueue, JsonMapper json) {
        this.lockouts = lockouts;
        this.queue = lockoutNewsQueue;
        this.json = json;
    }

    @RabbitListener(queues = "#{@lockoutNewsQueue}", messageConverter = RawMessages.CONVERTER)
    void hear(Message message) {
        LockoutEvent event = json.readValue(message.getBody(), LockoutEvent.class);
        lockouts.adopt(new Lockout(
                new Subject(
                        new PeerAddress(event.address()),
                        event.tenant() == null || event.device() == null
                                ? null
                                : DeviceAddress.of(event.tenant(), event.device())),
                event.failures(),
                event.until()));
    }

    @EventListener
    void catchUp(ConsumeOkEvent subscribed) {
        if (subscribed.getQueue().equals(queue.getActualName())) {
            lockouts.adoptAll();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Topology {

        /** Without a name: the broker gives it one that only this connection may use. */
        @Bean
        Queue lockoutNewsQueue() {
            return new Queue("", false, true, true);
        }

        @Bean
        Binding lockoutNewsBinding(Queue lockoutNewsQueue) {
            return BindingBuilder.bind(lockoutNewsQueue)
                    .to(new TopicExchange(RegistryEvents.EXCHANGE))
                    .with(LockoutEvent.TYPE);
        }
    }
}
