package io.warren.endtoend;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A device's connection over MQTT 5. */
final class Connection implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Mqtt5Client client;
    private final Mqtt5ConnAck acknowledgement;

    private Connection(Mqtt5Client client, Mqtt5ConnAck acknowledgement) {
        this.client = client;
        this.acknowledgement = acknowledgement;
    }

    /** Connects; an exception of the client's says why it could not. */
    static Connection open(Mqtt5Client client) {
        return new Connection(client, client.toBlocking().connect());
    }

    /** What the broker said to the connection. */
    Mqtt5ConnAck acknowledgement() {
        return acknowledgement;
    }

    boolean isOpen() {
        return client.getState() == MqttClientState.CONNECTED;
    }

    /** Publishes with QoS 1 and waits until it is acknowledged. */
    void publish(String topic, String body) {
        publish(Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .build());
    }

    void publish(Mqtt5Publish message) {
        send(message).join();
    }

    /** Publishes; the future fails when the message is refused or the connection lost. */
    CompletableFuture<Void> send(Mqtt5Publish message) {
        return client.toAsync()
                .publish(message)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenCompose(result -> result.getError()
                        .map(CompletableFuture::<Void>failedFuture)
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    /** Subscribes with QoS 1; the messages arrive in the queue. */
    Inbox subscribe(String filter) {
        BlockingQueue<Mqtt5Publish> messages = new LinkedBlockingQueue<>();
        listen(filter, messages::add);
        return new Inbox(messages);
    }

    /** Subscribes with QoS 1; each message is given to a listener, one after the other. */
    void listen(String filter, Consumer<Mqtt5Publish> listener) {
        client.toAsync()
                .subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(listener)
                .send()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Says goodbye, if the connection is still there. */
    @Override
    public void close() {
        if (isOpen()) {
            try {
                client.toBlocking().disconnect();
            } catch (MqttClientStateException | ConnectionClosedException e) {
                // The broker was faster.
            }
        }
    }

    /** What came for a subscription. */
    record Inbox(BlockingQueue<Mqtt5Publish> messages) {

        /** The next message, waited for. */
        Message next() {
            try {
                Mqtt5Publish message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("No message came");
                }
                return new Message(
                        message.getTopic().toString(), new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** A message that a device received. */
    record Message(String topic, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** A level of the topic, counted from 0. */
        String level(int index) {
            return topic.split("/", -1)[index];
        }
    }
}
