package io.warren.simulator.fleet;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.warren.simulator.enrollment.Identity;
import io.warren.simulator.installation.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;

/** A device's connection to the broker, over TLS. Its subscription outlives it by an hour, so that a short dropout misses nothing. */
final class Session implements AutoCloseable {

    private static final long SESSION_EXPIRY_SECONDS = 3_600;
    private static final long PATIENCE_SECONDS = 15;

    private final Mqtt5AsyncClient client;
    private final Identity identity;

    private Session(Mqtt5AsyncClient client, Identity identity) {
        this.client = client;
        this.identity = identity;
    }

    /**
     * Connects and subscribes to everything for the device.
     *
     * @param receiver is given the topic below {@code down/} and the body of each message, on a network thread
     */
    static Session open(Identity identity, Trust trust, BiConsumer<String, byte[]> receiver)
            throws IOException, InterruptedException {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(identity.credentials().clientId())
                .serverHost(identity.broker().host())
                .serverPort(identity.broker().mqttsPort())
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(trust.managers())
                        .build())
                .simpleAuth()
                .username(identity.credentials().username())
                .password(identity.credentials().secret().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        Session session = new Session(client, identity);
        int prefix = identity.topics().down().length();
        // before connecting: what waited in the session arrives at once
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message ->
                        receiver.accept(message.getTopic().toString().substring(prefix), message.getPayloadAsBytes()));
        try {
            await(client.connectWith()
                    .cleanStart(false)
                    .sessionExpiryInterval(SESSION_EXPIRY_SECONDS)
                    .keepAlive(identity.keepAliveSeconds())
                    .send());
            await(client.subscribeWith()
                    .topicFilter(identity.topics().down() + "#")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send());
        } catch (IOException | InterruptedException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** Publishes JSON at QoS 1 on a topic below {@code up/}; returns when the broker has acknowledged it. */
    void publish(String topic, Object body) throws IOException, InterruptedException {
        await(client.publishWith()
                .topic(identity.topics().up() + topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .contentType("application/json")
                .payload(JsonMapper.shared().writeValueAsBytes(body))
                .send());
    }

    boolean isOpen() {
        return client.getState().isConnected();
    }

    private static void await(CompletableFuture<?> answer) throws IOException, InterruptedException {
        try {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("The broker did not answer within " + PATIENCE_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        client.disconnect().exceptionally(_ -> null).join();
    }
}
