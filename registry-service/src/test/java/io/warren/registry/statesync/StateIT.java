package io.warren.registry.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.warren.registry.Api;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RegistryBrokerTest
class StateIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    TestFleet fleet;
    String secret = "";
    String state = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
        state = fleet.path("pump") + "/state";
    }

    @Test
    void whatADeviceReportsIsMergedAndAnswered() {
        try (MqttDevice pump = connect()) {
            report(pump, "{\"battery\":80,\"network\":{\"signal\":-70,\"cell\":\"a1\"}}");
            pump.publish(fleet.topic("pump", "up/state/reported/r-1"), "{\"network\":{\"cell\":null}}");
            assertThat(answer(pump, "state/reported/r-1").at("/version").asLong())
                    .isEqualTo(2);
            JsonNode reported = get().at("/reported");
            assertThat(reported.at("/version").asLong()).isEqualTo(2);
            assertThat(reported.at("/state/network").toString()).isEqualTo("{\"signal\":-70}");

            pump.publish(fleet.topic("pump", "up/state/reported/r-2"), "{\"battery\":80.0}");
            assertThat(answer(pump, "state/reported/r-2").at("/version").asLong())
                    .as("what changes nothing is no change")
                    .isEqualTo(2);
            assertThat(history()).hasSize(2);
        }
    }

    @Test
    void aDeviceAsksForBothSides() {
        desire("{\"interval\":30}");
        try (MqttDevice pump = connect()) {
            report(pump, "{\"battery\":1.50}");
            pump.publish(fleet.topic("pump", "up/state/get/r-1"), "");
            await().until(() -> !bodies(pump, "state/get/r-1").isEmpty());
            String answer = bodies(pump, "state/get/r-1").getFirst();
            assertThat(answer).contains("\"battery\":1.50");
            assertThat(JsonMapper.shared().readTree(answer))
                    .isEqualTo(JsonMapper.shared()
                            .readTree("{\"desired\":{\"version\":1,\"state\":{\"interval\":30}},"
                                    + "\"reported\":{\"version\":1,\"state\":{\"battery\":1.50}}}"));
        }
    }

    @Test
    void aResponseTopicIsAnsweredWithItsCorrelationData() {
        try (MqttDevice pump = connect()) {
            String mine = fleet.topic("pump", "down/my/answers");
            byte[] binary = {0, (byte) 0xff, 7, (byte) 0x80};
            pump.publish(
                    fleet.topic("pump", "up/state/reported"),
                    "{\"a\":1}",
                    mine,
                    "abc".getBytes(StandardCharsets.UTF_8));
            pump.publish(fleet.topic("pump", "up/state/get"), "", mine, binary);
            await().until(() -> messages(pump, "my/answers").size() == 2);
            assertThat(messages(pump, "my/answers"))
                    .extracting(StateIT::correlation)
                    .containsExactlyInAnyOrder(
                            List.of((byte) 'a', (byte) 'b', (byte) 'c'),
                            List.of(binary[0], binary[1], binary[2], binary[3]));
            assertThat(messages(pump, "my/answers"))
                    .extracting(MqttDevice::body)
                    .contains("{\"version\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/%s/valve/down/x", "v1/%s/pump/up/state/reported", "v1/other/pump/down/x", "elsewhere"})
    void nobodyIsAnsweredWhereHeMayNotListen(String topic) {
        try (MqttDevice pump = connect()) {
            pump.publish(
                    fleet.topic("pump", "up/state/reported"),
                    "{\"a\":1}",
                    topic.formatted(fleet.tenant()),
                    "x".getBytes(StandardCharsets.UTF_8));
            await().until(() -> bodies(pump, "errors").size() == 1);
            assertThat(bodies(pump, "errors").getFirst()).contains("response topic");
            assertThat(get().at("/reported/version").asLong()).isZero();
        }
    }

    @Test
    void aConnectedDeviceIsToldAtOnce() {
        try (MqttDevice pump = connect()) {
            desire("{\"interval\":30}");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !bodies(pump, "state/desired").isEmpty());
            assertThat(JsonMapper.shared()
                            .readTree(bodies(pump, "state/desired").getFirst()))
                    .isEqualTo(JsonMapper.shared().readTree("{\"version\":1,\"state\":{\"interval\":30}}"));
            await().until(() -> sendAt() == null);
        }
    }

    @Test
    void aDeviceThatWasAwayIsToldTheNewestOnlyWhenItComes() {
        desire("{\"interval\":30}");
        desire("{\"interval\":20}");
        assertThat(sendAt()).isNull();
        try (MqttDevice pump = connect()) {
            await().until(() -> !versions(pump).isEmpty());
            assertThat(versions(pump)).containsExactly(2L);
            report(pump, "{\"interval\":20}");
            await().until(() -> get().at("/inSync").asBoolean());
        }
        await().until(() -> !fleet.isPresent("pump"));
        try (MqttDevice pump = connect()) {
            desire("{\"other\":1}");
            await().until(() -> !versions(pump).isEmpty());
            assertThat(versions(pump)).as("what is in sync is not told again").containsExactly(3L);
        }
    }

    @Test
    void whatWasTakenAwayIsToldToAWayDeviceThoughNothingIsMissing() {
        desire("{\"interval\":30}");
        try (MqttDevice pump = connect()) {
            await().until(() -> !versions(pump).isEmpty());
            report(pump, "{\"interval\":30}");
            await().until(() -> get().at("/inSync").asBoolean());
        }
        await().until(() -> !fleet.isPresent("pump"));
        desire("{\"interval\":null}");
        try (MqttDevice pump = connect()) {
            await().until(() -> versions(pump).contains(2L));
        }
    }

    @Test
    void aChangeWhoseSenderDiedIsToldByTheNext() {
        try (MqttDevice pump = connect()) {
            desire("{\"interval\":30}");
            await().until(() -> sendAt() == null);
            // what a registry leaves behind that is killed after it has taken the change, and before it has sent it
            jdbc.sql("""
                            UPDATE device_state SET desired = '{"interval": 20}', desired_version = 2, send_at = now(),
                                                    sending_until = now() + interval '3 seconds'
                            WHERE tenant = ? AND device = 'pump'""").param(fleet.tenant()).update();
            await().atMost(Duration.ofSeconds(10)).until(() -> versions(pump).contains(2L));
            assertThat(versions(pump)).containsExactly(1L, 2L);
        }
    }

    @Test
    void noOlderVersionComesAfterANewer() {
        try (MqttDevice pump = connect()) {
            List<CompletableFuture<Void>> editors = IntStream.range(0, 8)
                    .mapToObj(editor -> CompletableFuture.runAsync(() -> {
                        for (int turn = 0; turn < 25; turn++) {
                            desire("{\"editor" + editor + "\":" + turn + "}");
                        }
                    }))
                    .toList();
            editors.forEach(CompletableFuture::join);
            await().atMost(Duration.ofSeconds(20)).until(() -> versions(pump).contains(200L));
            assertThat(versions(pump)).isSorted().doesNotHaveDuplicates();
            assertThat(versions(pump).size())
                    .as("some changes are told about together")
                    .isLessThan(200);
        }
    }

    @Test
    void manyReportsAreTakenInInTheirOrder() {
        try (MqttDevice pump = connect()) {
            for (int value = 1; value <= 100; value++) {
                pump.publish(fleet.topic("pump", "up/state/reported"), "{\"value\":" + value + "}");
            }
            await().until(() -> get().at("/reported/version").asLong() == 100);
            assertThat(get().at("/reported/state/value").asInt()).isEqualTo(100);
            assertThat(fleet.api()
                            .get(state + "/history?limit=500")
                            .json()
                            .at("/items")
                            .valueStream()
                            .map(change -> change.at("/patch/value").asInt()))
                    .isEqualTo(IntStream.rangeClosed(1, 100)
                            .map(i -> 101 - i)
                            .boxed()
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "null", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "{\"a\":1e400}", ""})
    void aReportThatIsNoneIsRefusedAndTheDeviceToldWhy(String body) {
        try (MqttDevice pump = connect()) {
            pump.publish(fleet.topic("pump", "up/state/reported"), body);
            await().until(() -> bodies(pump, "errors").size() == 1);
            assertThat(bodies(pump, "errors").getFirst())
                    .contains("urn:warren:problem:invalid", fleet.topic("pump", "up/state/reported"));
            pump.publish(fleet.topic("pump", "up/state/reported/r-1"), body);
            assertThat(answer(pump, "state/reported/r-1").at("/type").asString())
                    .isEqualTo("urn:warren:problem:invalid");
            assertThat(get().at("/reported/version").asLong()).isZero();
        }
    }

    @Test
    void aReportThatWouldMakeTooMuchOfItIsRefusedAndTheOthersAreNot() {
        try (MqttDevice pump = connect()) {
            pump.publish(fleet.topic("pump", "up/state/reported/r-1"), "{\"a\":\"" + "x".repeat(20_000) + "\"}");
            pump.publish(fleet.topic("pump", "up/state/reported/r-2"), "{\"b\":\"" + "x".repeat(20_000) + "\"}");
            pump.publish(fleet.topic("pump", "up/state/reported/r-3"), "{\"b\":1}");
            assertThat(answer(pump, "state/reported/r-3").at("/version").asLong())
                    .isEqualTo(2);
            assertThat(answer(pump, "state/reported/r-2").at("/type").asString())
                    .isEqualTo("urn:warren:problem:document-too-large");
        }
    }

    @Test
    void aDeviceReportsForItselfOnly() {
        fleet.secretOf("valve");
        try (MqttDevice pump = connect()) {
            try {
                pump.publish(fleet.topic("valve", "up/state/reported"), "{\"a\":1}");
            } catch (RuntimeException e) {
                // the broker cuts it off
            }
            await().until(() -> !pump.isConnected());
        }
        assertThat(fleet.api()
                        .get(fleet.path("valve") + "/state")
                        .json()
                        .at("/reported/version")
                        .asLong())
                .isZero();
    }

    private MqttDevice connect() {
        MqttDevice pump = fleet.connect("pump", secret);
        pump.subscribe(fleet.topic("pump", "down/#"));
        await().until(() -> fleet.isPresent("pump"));
        return pump;
    }

    private void desire(String patch) {
        Api.Answer answer = fleet.api().patch(state + "/desired", patch);
        assertThat(answer.status()).isEqualTo(200);
    }

    private void report(MqttDevice device, String patch) {
        device.publish(fleet.topic("pump", "up/state/reported"), patch);
    }

    private JsonNode get() {
        return fleet.api().get(state).json();
    }

    private List<JsonNode> history() {
        return fleet.api()
                .get(state + "/history")
                .json()
                .at("/items")
                .valueStream()
                .toList();
    }

    private @Nullable Object sendAt() {
        return jdbc.sql("SELECT send_at FROM device_state WHERE tenant = ? AND device = 'pump'")
                .param(fleet.tenant())
                .query()
                .singleRow()
                .get("send_at");
    }

    private JsonNode answer(MqttDevice device, String topic) {
        await().until(() -> !bodies(device, topic).isEmpty());
        return JsonMapper.shared().readTree(bodies(device, topic).getFirst());
    }

    private List<Long> versions(MqttDevice device) {
        return bodies(device, "state/desired").stream()
                .map(body -> JsonMapper.shared().readTree(body).at("/version").asLong())
                .toList();
    }

    private List<String> bodies(MqttDevice device, String topic) {
        return messages(device, topic).stream().map(MqttDevice::body).toList();
    }

    private List<Mqtt5Publish> messages(MqttDevice device, String topic) {
        return device.received().stream()
                .filter(message -> message.getTopic().toString().equals(fleet.topic("pump", "down/" + topic)))
                .toList();
    }

    private static List<Byte> correlation(Mqtt5Publish message) {
        byte[] data = message.getCorrelationData()
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    return bytes;
                })
                .orElse(new byte[0]);
        return IntStream.range(0, data.length).mapToObj(index -> data[index]).toList();
    }
}
