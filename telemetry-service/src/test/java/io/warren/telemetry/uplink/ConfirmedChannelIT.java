package io.warren.telemetry.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.rabbitmq.client.AMQP;
import io.warren.telemetry.broker.PlainConnections;
import io.warren.telemetry.uplink.ConfirmedChannel.Outcome;
import io.warren.testing.backing.Backed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The broker's word about each message goes to whoever sent it, or to nobody. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(properties = "warren.ingest.enabled=false")
class ConfirmedChannelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Autowired
    PlainConnections connections;

    private ConfirmedChannel channel;

    @BeforeEach
    void open() throws Exception {
        channel = new ConfirmedChannel(connections.open("test"));
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void eachHearsWhatBecameOfItsMessage() throws Exception {
        assertThat(outcome(publish("v1.acme.d1.up.telemetry", "application/json")))
                .isEqualTo(Outcome.SAFE);
        assertThat(outcome(publish("nobody.wants.this", "application/json"))).isEqualTo(Outcome.UNROUTED);
    }

    @Test
    void whatCannotBeWrittenAsAMessageIsTheEndOfTheChannel() {
        assertThatIOException().isThrownBy(() -> publish("v1.acme.d1.up.telemetry", "x".repeat(300)));
        assertThat(channel.isOpen()).isFalse();
        assertThatIOException().isThrownBy(() -> publish("v1.acme.d1.up.telemetry", "application/json"));
    }

    private CompletableFuture<Outcome> publish(String key, String contentType)
            throws IOException, InterruptedException {
        return channel.publish(
                "amq.topic", key, new AMQP.BasicProperties.Builder().contentType(contentType), new byte[2], PATIENCE);
    }

    private static Outcome outcome(CompletableFuture<Outcome> told) throws Exception {
        return told.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }
}
