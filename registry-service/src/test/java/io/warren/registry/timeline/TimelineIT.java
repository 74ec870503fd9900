package io.warren.registry.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RegistryBrokerTest
class TimelineIT {

    private static final String QUEUE = "registry.timeline";

    @Autowired
    TestTokens tokens;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @SuppressWarnings("NullAway.Init")
    TestFleet fleet;

    String secret = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
    }

    @Test
    void connectionsThatThePlatformClosesAndCommandsAreInTheTimeline() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            pump.subscribe(fleet.topic("pump", "down/#"));
            await().until(() -> fleet.isPresent("pump"));
            String command = fleet.api()
                    .post(fleet.path("pump") + "/commands", "{\"name\":\"identify\"}")
                    .json()
                    .at("/id")
                    .asString();
            await().until(() -> !pump.received().isEmpty());
            pump.publish(fleet.topic("pump", "up/commands/" + command), "{\"status\":\"succeeded\"}");
            await().until(() -> timeline("?kind=command").size() == 3);
            fleet.api().put(fleet.path("pump"), "{\"enabled\":false}");
            await().until(() -> !pump.isConnected());
        }
        await().until(() -> timeline("").getFirst().equals("presence disconnected"));
        assertThat(timeline("?kind=command")).containsExactly("command succeeded", "command sent", "command queued");
        assertThat(items("").at("/0/details/cause").asString()).isEqualTo("disabled");
        assertThat(timeline("?kind=presence")).containsExactly("presence disconnected", "presence connected");
    }

    @Test
    void deploymentsOfTheFirmwareServiceAreThereOnceAndSayWhatTheDeviceRuns() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Message succeeded = message(DeploymentEvent.ENDED, deployment("1.4.0", "succeeded", now));
        rabbit.send("", QUEUE, message(DeploymentEvent.CREATED, deployment("1.4.0", "pending", now.minusSeconds(9))));
        rabbit.send("", QUEUE, succeeded);
        rabbit.send("", QUEUE, succeeded);
        rabbit.send("", QUEUE, message(DeploymentEvent.ENDED, deployment("1.5.0", "failed", now.plusMillis(1))));
        rabbit.send("", QUEUE, message(DeploymentEvent.ENDED, deployment("1.3.0", "succeeded", now.minusSeconds(60))));
        rabbit.send("", QUEUE, message("alarm.raised.v1", new Alarm(fleet.tenant(), "pump", "too hot")));
        await().until(() -> timeline("?kind=alarm,deployment").size() == 5);

        assertThat(timeline("?kind=alarm,deployment")).first().isEqualTo("alarm raised");
        assertThat(firmware().at("/version").asString())
                .as("neither what failed nor what ended before changes it")
                .isEqualTo("1.4.0");
        assertThat(firmware().at("/name").asString()).isEqualTo("pump");
    }

    @Test
    void whatIsNoEventOfADeviceDoesNotHoldUpTheOthers() {
        rabbit.send("", QUEUE, message("alarm.raised.v1", List.of("nonsense")));
        rabbit.send("", QUEUE, message("nonsense", new Alarm(fleet.tenant(), "pump", "nonsense")));
        rabbit.send("", QUEUE, message("alarm.cleared.v1", new Alarm(fleet.tenant(), "pump", "too hot")));
        await().until(() -> timeline("?kind=alarm").equals(List.of("alarm cleared")));
    }

    record Alarm(String tenant, String device, String rule) {}

    private DeploymentEvent deployment(String version, String status, Instant at) {
        return new DeploymentEvent(
                fleet.tenant(),
                UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)).toString(),
                1,
                "pump",
                "pump-" + version,
                status,
                null,
                "pump",
                version,
                at);
    }

    private Message message(String type, Object event) {
        return MessageBuilder.withBody(json.writeValueAsBytes(event))
                .setMessageId(UUID.randomUUID().toString())
                .setType(type)
                .build();
    }

    private JsonNode firmware() {
        return json.readTree(jdbc.sql("SELECT firmware::text FROM device WHERE tenant = ? AND id = 'pump'")
                .param(fleet.tenant())
                .query((row, _) -> row.getString(1))
                .single());
    }

    private List<String> timeline(String query) {
        return StreamSupport.stream(items(query).spliterator(), false)
                .map(item ->
                        item.at("/kind").asString() + " " + item.at("/event").asString())
                .toList();
    }

    private JsonNode items(String query) {
        return fleet.api().get(fleet.path("pump") + "/timeline" + query).json().at("/items");
    }
}
