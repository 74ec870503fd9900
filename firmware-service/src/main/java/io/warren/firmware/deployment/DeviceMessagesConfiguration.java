package io.warren.firmware.deployment;

import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One ordered consumer for what devices say. It takes the bytes as they are: a device may send anything. */
@Configuration(proxyBeanMethods = false)
class DeviceMessagesConfiguration {

    private static final String QUEUE = "firmware.device";

    @Bean
    SimpleMessageListenerContainer firmwareDeviceMessages(
            SimpleRabbitListenerContainerFactory factory, DeviceMessages messages) {
        SimpleMessageListenerContainer container = factory.createListenerContainer();
        container.setQueueNames(QUEUE);
        container.setMessageListener(messages);
        return container;
    }
}
