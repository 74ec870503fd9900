package io.warren.platform.outbox;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ShutdownSignalException;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

class OutboxRelayTest {

    @Test
    void whateverFailsItLooksAgain() {
        AtomicInteger looks = new AtomicInteger();
        OutboxRelay relay = new OutboxRelay(
                new AbstractDataSource() {
                    @Override
                    public Connection getConnection() {
                        looks.incrementAndGet();
                        throw new AlreadyClosedException(new ShutdownSignalException(true, false, null, null));
                    }

                    @Override
                    public Connection getConnection(String username, String password) {
                        return getConnection();
                    }
                },
                new RabbitTemplate());
        relay.start();
        try {
            await().until(() -> looks.get() > 1);
        } finally {
            relay.stop();
        }
    }
}
