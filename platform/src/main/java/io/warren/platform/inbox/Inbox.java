package io.warren.platform.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.Transactional;

/** Remembers which messages a consumer has handled, in the transaction in which it handles them. */
public class Inbox {

    /** Far longer than any message can stay undelivered and come back. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Does the work for a message unless it has been done already; both in one transaction.
     *
     * @param consumer the consumer's stable name, such as that of its queue
     * @param messageId the AMQP message id, a UUID given by the producer's outbox
     * @param work what the message is to cause in this service's own database
     */
    @Transactional
    public void once(String consumer, String messageId, Runnable work) {
        int isNew = jdbc.sql("""
                        INSERT INTO inbox (consumer, message_id, received_at) VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING""")
                .params(consumer, UUID.fromString(messageId), Timestamp.from(clock.instant()))
                .update();
        if (isNew == 1) {
            work.run();
        }
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    @Transactional
    void prune() {
        jdbc.sql("DELETE FROM inbox WHERE received_at < ?")
                .param(Timestamp.from(clock.instant().minus(MEMORY)))
                .update();
    }
}
