package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A device that speaks MQTT only comes out of its box, and nobody else hears what it is told. */
@EndToEnd
class MqttBootstrapIT {

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Platform platform;
    private final Tenant tenant;

    MqttBootstrapIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
    }

    @Test
    void aClaimTokenBecomesAnIdentityThatMayPublish() {
        String token = claimToken();
        Device pump;
        try (Connection connection = connect("pump-17", token)) {
            Connection.Inbox answers = connection.subscribe(topic("pump-17", "down/bootstrap/#"));
            connection.publish(topic("pump-17", "up/bootstrap/1"), request(token));
            Connection.Message answer = answers.next();
            assertThat(answer.topic()).isEqualTo(topic("pump-17", "down/bootstrap/1"));
            assertThat(answer.json().at("/status").asString()).isEqualTo("registered");
            pump = device(answer.json());
            // a device that lost it asks again
            connection.publish(topic("pump-17", "up/bootstrap/2"), request(token));
            assertThat(answers.next().json().at("/credentials"))
                    .isEqualTo(answer.json().at("/credentials"));
        }
        assertThat(tenant.describe(pump).at("/connected").asBoolean()).isFalse();
        assertThat(tenant.describe(pump).has("lastSeenAt")).isFalse();

        Mosquitto.publish(pump, pump.up("telemetry"), "{\"temperature\": 4}");
        await().untilAsserted(() -> assertThat(tenant.history(pump, "default")).hasSize(1));
    }

    @Test
    void theAnswerComesOnTheResponseTopicWithTheCorrelationData() {
        String token = claimToken();
        try (Connection connection = connect("pump-17", token)) {
            Connection.Inbox answers = connection.subscribe(topic("pump-17", "down/bootstrap/mine"));
            connection.publish(Mqtt5Publish.builder()
                    .topic(topic("pump-17", "up/bootstrap/1"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(request(token).getBytes(StandardCharsets.UTF_8))
                    .responseTopic(topic("pump-17", "down/bootstrap/mine"))
                    .correlationData(new byte[] {0, 1, (byte) 0xff})
                    .build());
            Mqtt5Publish answer = next(answers);
            assertThat(answer.getCorrelationData())
                    .hasValueSatisfying(data -> assertThat(data.get(2)).isEqualTo((byte) 0xff));
        }
    }

    @Test
    void aProofThatIsNoneOpensNoConnection() {
        assertRefused("pump-17", "made-up");
        String token = claimToken();
        connect("pump-17", token).close();
        register("pump-17", token);
        assertRefused("valve", token);
        // what the device signs in with opens nothing under its other name
        assertRefused("pump-17", tenant.newSecret("pump-17"));
    }

    @Test
    void theProofOfAnotherDoorDoesNotTakeOverTheSessionOfADeviceThatHasCome() {
        String token = claimToken();
        try (Connection connection = connect("pump-17", token)) {
            Connection.Inbox answers = connection.subscribe(topic("pump-17", "down/bootstrap/#"));
            connection.publish(topic("pump-17", "up/bootstrap/1"), request(token));
            answers.next();
            assertRefused("pump-17", claimToken());
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void whoeverTakesOverASessionBeforeThatHearsNothingForTheOther() {
        String token = claimToken();
        String others = claimToken();
        try (Connection _ = connect("pump-17", token);
                Connection thief = connect("pump-17", others)) {
            Connection.Inbox heard = thief.subscribe(topic("pump-17", "down/bootstrap/#"));
            // as if the first one's request had been under way: it shows the proof of the first one
            thief.publish(topic("pump-17", "up/bootstrap/1"), request(token));
            assertThat(heard.next().json().at("/type").asString())
                    .isEqualTo("urn:warren:problem:bootstrap-session-ended");
        }
    }

    @Test
    void otherDevicesHearNothing() {
        String token = claimToken();
        Device neighbour = tenant.newDevice("valve");
        Device stranger = platform.newTenant().newDevice("pump-17");
        try (Connection own = neighbour.connect();
                Connection foreign = stranger.connect();
                Connection connection = connect("pump-17", token)) {
            Connection.Inbox heard = own.subscribe(neighbour.down("#"));
            Connection.Inbox heardElsewhere = foreign.subscribe(stranger.down("#"));
            Connection.Inbox answers = connection.subscribe(topic("pump-17", "down/bootstrap/#"));
            connection.publish(topic("pump-17", "up/bootstrap/1"), request(token));
            answers.next();
            await().during(QUIET)
                    .until(() -> heard.messages().isEmpty()
                            && heardElsewhere.messages().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/+/+/down/#",
                "v1/{t}/+/down/bootstrap/#",
                "v1/{t}/valve/down/bootstrap/#",
                "v1/{t}/pump-17/down/#"
            })
    void nobodyListensElsewhereWhileBootstrapping(String filter) {
        try (Connection connection = connect("pump-17", claimToken())) {
            assertThatException().isThrownBy(() -> connection.subscribe(filter.replace("{t}", tenant.name())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pump-17/up/telemetry", "pump-17/up/bootstrap/1/2", "valve/up/bootstrap/1"})
    void nobodyPublishesAnythingElseWhileBootstrapping(String path) {
        try (Connection connection = connect("pump-17", claimToken())) {
            assertThatException()
                    .isThrownBy(() -> connection.publish("v1/" + tenant.name() + "/" + path, "{\"temperature\": 4}"));
        }
    }

    @Test
    void aDeviceWithAnIdentityDoesNotAskForAnother() {
        Device pump = tenant.newDevice("pump-17");
        try (Connection connection = pump.connect()) {
            assertThatException().isThrownBy(() -> connection.publish(pump.up("bootstrap/1"), request(claimToken())));
        }
    }

    @Test
    void aLastWillIsPublishedOfADeviceAndNotOfOneThatBootstraps() {
        String token = claimToken();
        Device pump;
        try (Connection connection = connect("pump-17", token)) {
            Connection.Inbox answers = connection.subscribe(topic("pump-17", "down/bootstrap/#"));
            connection.publish(topic("pump-17", "up/bootstrap/1"), request(token));
            pump = device(answers.next().json());
        }

        breakOff(bootstrapping("pump-17", token), pump, "bootstrapping");
        breakOff(pump.client(), pump, "gone");

        await().untilAsserted(() -> assertThat(events(pump)).containsExactly("gone"));
        assertThat(tenant.rejected(pump)).isEmpty();
    }

    /** Connects with a last will, which is an event of a type, and is thrown out. */
    private static void breakOff(Mqtt5ClientBuilder client, Device device, String will) {
        assertThatException().isThrownBy(() -> {
            try (Connection connection = Connection.open(client.willPublish()
                    .topic(device.up("events/" + will))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"data\": {}}".getBytes(StandardCharsets.UTF_8))
                    .applyWillPublish()
                    .build())) {
                connection.publish("v1/somebody/else/up/telemetry", "{}");
            }
        });
    }

    private List<String> events(Device device) {
        return tenant.rest()
                .get("/api/v1/devices/" + device.id() + "/events")
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(event -> event.get("type").stringValue())
                .toList();
    }

    private Connection connect(String id, String proof) {
        return Connection.open(bootstrapping(id, proof).build());
    }

    private void assertRefused(String id, String proof) {
        assertThatException().isThrownBy(() -> connect(id, proof));
    }

    private Mqtt5ClientBuilder bootstrapping(String id, String proof) {
        String name = id + "@" + tenant.name() + "/bootstrap";
        return new Device(platform, tenant.name(), id, proof)
                .anonymousClient()
                .identifier(name)
                .simpleAuth()
                .username(name)
                .password(proof.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
    }

    private void register(String id, String token) {
        platform.anonymous()
                .post("/bootstrap/v1/register", """
                {"tenant": "%s", "deviceId": "%s", "attestation": {"kind": "claim-token", "token": "%s"}}""".formatted(tenant.name(), id, token))
                .expect(200);
    }

    private static Mqtt5Publish next(Connection.Inbox inbox) {
        await().until(() -> !inbox.messages().isEmpty());
        return inbox.messages().remove();
    }

    private String claimToken() {
        return tenant.rest()
                .post("/api/v1/enrollments", "{\"attestation\": {\"kind\": \"claim-token\"}}")
                .expect(201)
                .text("/claimToken");
    }

    private static String request(String token) {
        return """
                {"attestation": {"kind": "claim-token", "token": "%s"}}""".formatted(token);
    }

    private String topic(String device, String path) {
        return "v1/" + tenant.name() + "/" + device + "/" + path;
    }

    private Device device(JsonNode answer) {
        return new Device(
                platform,
                tenant.name(),
                answer.at("/deviceId").asString(),
                answer.at("/credentials/secret").asString());
    }
}
