package io.warren.telemetry.ingest;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.warren.telemetry.broker.PlainConnections;
import io.warren.telemetry.message.MessageReadings;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;

/** What becomes of ingest when the real broker's connection ends at an awkward moment. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(properties = "warren.ingest.enabled=false")
class IngestRestartIT {

    @Autowired
    CachingConnectionFactory connections;

    @Autowired
    RabbitConnectionDetails details;

    @Autowired
    IngestProperties properties;

    @Autowired
    MessageReadings readings;

    @Autowired
    IngestWork work;

    @Test
    void aConnectionThatEndsBeforeItsFirstChannelIsFollowedByAnother() {
        AtomicInteger opened = new AtomicInteger();
        PlainConnections broker = new PlainConnections(connections, details) {
            @Override
            public Connection open(String name) throws IOException, TimeoutException {
                Connection connection = super.open(name);
                if (opened.incrementAndGet() == 1) {
                    connection.close();
                }
                return connection;
            }
        };
        Ingest ingest = new Ingest(broker, properties, readings, work, Clock.systemUTC());
        ingest.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(ingest::isConnected);
        } finally {
            ingest.stop();
        }
    }
}
