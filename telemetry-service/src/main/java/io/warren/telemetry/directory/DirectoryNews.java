package io.warren.telemetry.directory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** How far the copy of the registry's devices is behind the registry. */
@Component
public class DirectoryNews {

    private static final Logger log = LoggerFactory.getLogger(DirectoryNews.class);

    private final RabbitTemplate rabbit;

    DirectoryNews(RabbitTemplate rabbit) {
        this.rabbit = rabbit;
    }

    /** Whether no event waits at the broker to be read; false if nobody can say. */
    public boolean areRead() {
        try {
            return Long.valueOf(0).equals(rabbit.execute(channel -> channel.messageCount(DeviceEvents.QUEUE)));
        } catch (AmqpException e) {
            log.debug("Nobody can say whether events of devices wait", e);
            return false;
        }
    }
}
