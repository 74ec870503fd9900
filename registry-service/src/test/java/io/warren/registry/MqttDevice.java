package io.warren.registry;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.warren.testing.backing.BackingServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A device that speaks MQTT 5. */
public final class MqttDevice implements AutoCloseable {

    private static final long SESSION_SECONDS = 3_600;

    private final Mqtt5BlockingClient client;
    private final Queue<Mqtt5Publish> received = new ConcurrentLinkedQueue<>();

    private MqttDevice(Mqtt5BlockingClient client) {
        this.client = client;
    }

    /** Connects, or throws the client's exception. */
    public static MqttDevice connect(String username, String clientId, String password) {
        return connect("127.0.0.1", username, clientId, password, true);
    }

    /** Connects from one of this machine's addresses. */
    public static MqttDevice connectFrom(String from, String username, String clientId, String password) {
        return connect(from, username, clientId, password, true);
    }

    /** Connects as a device should. */
    public static MqttDevice connect(String address, String secret) {
        return connect(address, address, secret);
    }

    /** Connects with a session that outlives the connection, going on with one that is there. */
    public static MqttDevice resume(String address, String secret) {
        return connect("127.0.0.1", address, address, secret, false);
    }

    private static MqttDevice connect(String from, String username, String clientId, String password, boolean clean) {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .transportConfig()
                .serverHost("127.0.0.1")
                .serverPort(BackingServers.port("MQTT_PORT"))
                .localAddress(from)
                .applyTransportConfig()
                .identifier(clientId)
                .simpleAuth()
                .username(username)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        MqttDevice device = new MqttDevice(client);
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, device.received::add);
        client.connectWith()
                .cleanStart(clean)
                .sessionExpiryInterval(clean ? 0 : SESSION_SECONDS)
                .keepAlive(30)
                .send();
        return device;
    }

    public void publish(String topic, String body) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    /** Publishes and wants to be answered on another topic. */
    public void publish(String topic, String body, String responseTopic, byte[] correlation) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .responseTopic(responseTopic)
                .correlationData(correlation)
                .send();
    }

    public void subscribe(String filter) {
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    public boolean isConnected() {
        return client.getState().isConnected();
    }

    /** What has come so far. */
    public List<Mqtt5Publish> received() {
        return List.copyOf(received);
    }

    public static String body(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            client.disconnect();
        } catch (MqttClientStateException | ConnectionClosedException e) {
            // the broker was first
        }
    }
}
