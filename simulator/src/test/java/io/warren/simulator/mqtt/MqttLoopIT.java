package io.warren.simulator.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.warren.testing.backing.BackingServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the real broker. */
@Timeout(60)
class MqttLoopIT {

    private static final InetSocketAddress BROKER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), BackingServers.port("MQTT_PORT"));
    private static final String USER = BackingServers.get("RABBITMQ_USER");
    private static final String PASSWORD = BackingServers.get("RABBITMQ_PASSWORD");
    private static final int CONNECTIONS = 20;

    @Test
    void whatTheBrokerAcknowledgesIsDelivered() throws Exception {
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        Mqtt5AsyncClient subscriber = subscribe("simulator/+/load", received);
        try (MqttLoop loop = MqttLoop.open()) {
            List<MqttConnection> connections = IntStream.range(0, CONNECTIONS)
                    .mapToObj(number -> loop.connect(BROKER, new MqttLogin("load-" + number, USER, PASSWORD))
                            .join())
                    .toList();

            Load load = loop.start(connections, connection -> new Numbered(connection.toString()), 20, 1_000);
            await().until(() -> load.acknowledged() > 500);
            load.finish(Duration.ofSeconds(20));

            assertThat(load.refused()).isZero();
            await().untilAsserted(() -> assertThat(received).hasSize((int) load.acknowledged()));
            assertThat(received).doesNotHaveDuplicates();
        } finally {
            subscriber.disconnect().join();
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (MqttLoop loop = MqttLoop.open()) {
            assertThatThrownBy(() -> loop.connect(BROKER, new MqttLogin("load-x", USER, "wrong"))
                            .join())
                    .hasMessageContaining("the broker refused the login");
        }
    }

    private static Mqtt5AsyncClient subscribe(String topics, ConcurrentLinkedQueue<String> received) {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("load-subscriber")
                .serverHost(BROKER.getHostString())
                .serverPort(BROKER.getPort())
                .simpleAuth()
                .username(USER)
                .password(PASSWORD.getBytes(UTF_8))
                .applySimpleAuth()
                .buildAsync();
        client.connect().join();
        client.subscribeWith()
                .topicFilter(topics)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> received.add(message.getTopic() + new String(message.getPayloadAsBytes(), UTF_8)))
                .send()
                .join();
        return client;
    }

    private static final class Numbered implements Traffic {

        private final byte[] topic;
        private int count;

        Numbered(String name) {
            topic = ("simulator/" + name + "/load").getBytes(UTF_8);
        }

        @Override
        public byte[] topic() {
            return topic;
        }

        @Override
        public void next(ByteBuffer body) {
            body.put(Integer.toString(++count).getBytes(UTF_8));
        }
    }
}
