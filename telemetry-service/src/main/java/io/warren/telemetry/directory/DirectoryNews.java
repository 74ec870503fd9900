package io.warren.telemetry.directory;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** How far the copy of the registry's devices is behind the registry. */
@Component
public class DirectoryNews {

    private static final Logger log = LoggerFactory.getLogger(DirectoryNews.class);

    /** An event that a consumer has but has not stored yet is not counted by the broker: it has time to. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** Who has not asked for this long cannot say that it was quiet all the time. */
    private static final Duration GAP = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;
    private boolean quiet;
    private long quietSince;
    private long askedAt;

    DirectoryNews(RabbitTemplate rabbit) {
        this.rabbit = rabbit;
    }

    /**
     * Whether no event has waited at the broker to be read for some seconds, as far as those who asked meanwhile have seen; false if
     * nobody can say. It takes several questions in a row to hear a yes.
     */
    public synchronized boolean areRead() {
        boolean empty = isEmpty();
        long now = System.nanoTime();
        if (!quiet || now - askedAt > GAP.toNanos()) {
            quietSince = now;
        }
        quiet = empty;
        askedAt = now;
        return quiet && now - quietSince >= QUIET.toNanos();
    }

    private boolean isEmpty() {
        try {
            return Long.valueOf(0).equals(rabbit.execute(channel -> channel.messageCount(DeviceEvents.QUEUE)));
        } catch (AmqpException e) {
            log.debug("Nobody can say whether events of devices wait", e);
            return false;
        }
    }
}
