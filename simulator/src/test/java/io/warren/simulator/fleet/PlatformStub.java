package io.warren.simulator.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.Trust;
import io.warren.testing.backing.BackingServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's side of one device: it registers it over HTTP, then hears and speaks over the real broker. */
final class PlatformStub implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String device;
    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Mqtt5AsyncClient mqtt;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger refusals = new AtomicInteger();

    /** A message of the device, by its topic below {@code up/}. */
    record Heard(String topic, JsonNode body) {}

    PlatformStub(String device) throws IOException {
        this.device = device;
        http.createContext("/bootstrap/v1/register", this::register);
        http.start();
        mqtt = Mqtt5Client.builder()
                .identifier("platform-" + device)
                .serverHost("127.0.0.1")
                .serverPort(BackingServers.port("MQTT_PORT"))
                .simpleAuth()
                .username(BackingServers.get("RABBITMQ_USER"))
                .password(BackingServers.get("RABBITMQ_PASSWORD").getBytes(UTF_8))
                .applySimpleAuth()
                .buildAsync();
        mqtt.connect().join();
        mqtt.subscribeWith()
                .topicFilter(topic("up") + "#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> heard.add(new Heard(
                        message.getTopic().toString().substring(topic("up").length()),
                        JSON.readTree(message.getPayloadAsBytes()))))
                .send()
                .join();
    }

    Installation installation() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        return new Installation(uri, uri, "demo", "unused", Trust.ofTheSystem());
    }

    /** What the device said on a topic, oldest first. */
    List<JsonNode> heard(String topic) {
        return heard.stream()
                .filter(message -> message.topic().equals(topic))
                .map(Heard::body)
                .toList();
    }

    void say(String topic, Object body) {
        mqtt.publishWith()
                .topic(topic("down") + topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(JSON.writeValueAsBytes(body))
                .send()
                .join();
    }

    private String topic(String direction) {
        return "v1/demo/%s/%s/".formatted(device, direction);
    }

    private void register(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            boolean genuine =
                    "claim".equals(request.path("attestation").path("token").asString());
            boolean ready = refusals.getAndDecrement() <= 0;
            byte[] answer = JSON.writeValueAsBytes(genuine && ready ? identity() : Map.of("title", "Not now"));
            exchange.sendResponseHeaders(!ready ? 503 : genuine ? 200 : 403, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private Map<String, ?> identity() throws IOException {
        return Map.of(
                "credentials",
                Map.of(
                        "username", BackingServers.get("RABBITMQ_USER"),
                        "secret", BackingServers.get("RABBITMQ_PASSWORD"),
                        "clientId", device + "@demo"),
                "broker",
                Map.of("host", "localhost", "mqttsPort", BackingServers.port("MQTTS_PORT")),
                "topics",
                Map.of("up", topic("up"), "down", topic("down")),
                "ca",
                Files.readString(Path.of(BackingServers.get("CA_FILE"))),
                "keepAliveSeconds",
                30);
    }

    @Override
    public void close() {
        mqtt.disconnect().join();
        http.stop(0);
    }
}
