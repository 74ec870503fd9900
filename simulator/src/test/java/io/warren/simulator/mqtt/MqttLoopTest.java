package io.warren.simulator.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MqttLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MqttLogin LOGIN = new MqttLogin("pump-1@demo", "pump-1@demo", "secret");

    private final MqttLoop loop = MqttLoop.open();

    MqttLoopTest() throws IOException {}

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void everyMessageOfAnUnlimitedLoadIsAcknowledgedOnceAndInOrder() throws Exception {
        try (Peer peer = new Peer(0, 0)) {
            MqttConnection connection = loop.connect(peer.address(), LOGIN).join();

            Load load = loop.start(List.of(connection), _ -> new Counting(), 20, Load.UNLIMITED);
            await().until(() -> load.acknowledged() > 1000);
            load.finish(PATIENCE);

            assertThat(load.acknowledged()).isPositive().isEqualTo(peer.bodies.size());
            assertThat(peer.bodies)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, peer.bodies.size())
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aPacedLoadKeepsItsRateAndSharesItAmongConnections() throws Exception {
        try (Peer peer = new Peer(0, 0)) {
            List<MqttConnection> connections =
                    IntStream.range(0, 10).mapToObj(_ -> loop.connect(peer.address(), LOGIN)).toList().stream()
                            .map(CompletableFuture::join)
                            .toList();

            Load load = loop.start(connections, _ -> new Counting(), 2, 500);
            await().until(() -> load.acknowledged() >= 400);
            load.finish(PATIENCE);

            assertThat(load.elapsed()).isGreaterThan(Duration.ofMillis(790));
            assertThat(peer.bodies.stream().filter("40"::equals)).hasSize(10);
        }
    }

    @Test
    void aMessageThatComesIsAcknowledgedAndAnswered() throws Exception {
        try (Peer peer = new Peer(0, 0)) {
            MqttConnection connection = loop.connect(peer.address(), LOGIN).join();
            loop.subscribe(
                            connection,
                            "a/#",
                            (topic, body) -> new Receiver.Reply("c", topic + " " + UTF_8.decode(body)))
                    .join();

            await().until(() -> peer.bodies.equals(List.of("a/b hi")));
            assertThat(peer.acknowledged).containsExactly(7);
        }
    }

    @Test
    void noMoreThanTheWindowIsEverInFlight() throws Exception {
        try (Peer peer = new Peer(0, 0)) {
            peer.answering = false;
            MqttConnection connection = loop.connect(peer.address(), LOGIN).join();

            Load load = loop.start(List.of(connection), _ -> new Counting(), 7, Load.UNLIMITED);

            await().until(() -> peer.bodies.size() == 7);
            assertThatThrownBy(() -> load.finish(Duration.ofMillis(300))).hasMessageContaining("7 messages unanswered");
            assertThat(peer.bodies).hasSize(7);
        }
    }

    @Test
    void aRefusedMessageIsNotCountedAsAcknowledged() throws Exception {
        try (Peer peer = new Peer(0, 0x97)) {
            MqttConnection connection = loop.connect(peer.address(), LOGIN).join();

            Load load = loop.start(List.of(connection), _ -> new Counting(), 1, Load.UNLIMITED);
            await().until(() -> load.refused() > 0);
            load.finish(PATIENCE);

            assertThat(load.acknowledged()).isZero();
            assertThat(load.refused()).isPositive();
        }
    }

    @Test
    void aRefusedLoginSaysWhy() throws Exception {
        try (Peer peer = new Peer(0x87, 0)) {
            assertThatThrownBy(() -> loop.connect(peer.address(), LOGIN).join()).hasMessageContaining("0x87");
        }
    }

    @Test
    void aBrokerThatIsNotThereIsAFailedConnection() throws Exception {
        Peer peer = new Peer(0, 0);
        peer.close();

        assertThatThrownBy(() -> loop.connect(peer.address(), LOGIN).join()).hasCauseInstanceOf(IOException.class);
    }

    private static final class Counting implements Traffic {

        private int count;

        @Override
        public byte[] topic() {
            return "v1/demo/pump-1/up/telemetry".getBytes(UTF_8);
        }

        @Override
        public void next(ByteBuffer body) {
            body.put(Integer.toString(++count).getBytes(UTF_8));
        }
    }
}
