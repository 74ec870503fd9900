package io.warren.registry.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.telemetry.ActivityObserved;
import io.warren.contracts.telemetry.ActivityObserved.Activity;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RegistryBrokerTest
class PresenceIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RabbitTemplate rabbit;

    TestFleet fleet;
    String secret = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
    }

    @Test
    void aDeviceIsThereWhileItIsConnected() {
        MqttDevice pump = fleet.connect("pump", secret);
        await().until(() -> fleet.isPresent("pump"));
        pump.close();
        await().until(() -> !fleet.isPresent("pump"));

        JsonNode connection = connections().get(0);
        assertThat(connection.at("/address").asString()).isEqualTo("127.0.0.1");
        assertThat(connection.at("/protocol").asString()).isEqualTo("MQTT 5.0");
        assertThat(connection.at("/disconnectedAt").asString()).isNotEmpty();
        assertThat(fleet.api().get(fleet.path("pump")).json().at("/lastSeenAt").asString())
                .isNotEmpty();
    }

    @Test
    void aDeviceThatIsTakenOverByItselfIsStillThere() {
        try (MqttDevice first = fleet.connect("pump", secret)) {
            await().until(() -> fleet.isPresent("pump"));
            try (MqttDevice second = fleet.connect("pump", secret)) {
                await().until(() -> !first.isConnected());
                await().until(() ->
                        connections().size() == 2 && connections().get(1).has("disconnectedAt"));

                assertThat(second.isConnected()).isTrue();
                assertThat(fleet.isPresent("pump")).isTrue();
                assertThat(connections().get(0).has("disconnectedAt")).isFalse();
                assertThat(connections().get(0).at("/epoch").asLong())
                        .isGreaterThan(connections().get(1).at("/epoch").asLong());
            }
        }
    }

    @Test
    void eachTakeoverIsTheCauseOfTheEndOfTheConnectionBefore() {
        int takeovers = 20;
        MqttDevice current = fleet.connect("pump", secret);
        for (int time = 0; time < takeovers; time++) {
            MqttDevice before = current;
            current = fleet.connect("pump", secret);
            await().until(() -> !before.isConnected());
        }
        current.close();
        await().until(() -> !fleet.isPresent("pump"));
        try (MqttDevice _ = fleet.connect("pump", secret)) {
            await().until(() -> fleet.isPresent("pump"));
            assertThat(connections())
                    .extracting(connection -> connection.path("cause").asString(""))
                    .hasSize(takeovers + 2)
                    .startsWith("", "")
                    .endsWith(Collections.nCopies(takeovers, "replaced").toArray(String[]::new));
        }
    }

    @Test
    void aConnectionThatEndedWithoutAWordIsFoundOut() {
        jdbc.sql("""
                        UPDATE presence SET connected = true, connection_name = '10.0.0.1:1 -> 10.0.0.2:1883',
                                            connected_at = now() - interval '5 minutes' WHERE tenant = ?""").param(fleet.tenant()).update();
        await().atMost(Duration.ofSeconds(20)).until(() -> !fleet.isPresent("pump"));
        assertThat(connections().get(0).at("/cause").asString()).isEqualTo("lost");
    }

    @Test
    void aConnectionThatNobodyToldAboutIsFoundOut() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            await().until(() -> fleet.isPresent("pump"));
            jdbc.sql("DELETE FROM connection WHERE tenant = ?")
                    .param(fleet.tenant())
                    .update();
            jdbc.sql("UPDATE presence SET connected = false WHERE tenant = ?")
                    .param(fleet.tenant())
                    .update();
            await().atMost(Duration.ofSeconds(20)).until(() -> fleet.isPresent("pump"));
            assertThat(pump.isConnected()).isTrue();
            assertThat(connections().get(0).at("/protocol").asString()).isEqualTo("MQTT 5.0");
            assertThat(connections().get(0).at("/address").asString()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aDeviceThatSendsTelemetryIsSeen() {
        Instant at = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
        rabbit.convertAndSend(
                "",
                "registry.activity",
                new ActivityObserved(List.of(
                        new Activity(fleet.tenant(), "pump", at), new Activity(fleet.tenant(), "stranger", at))));
        await().until(() -> fleet.api()
                .get(fleet.path("pump"))
                .json()
                .at("/lastSeenAt")
                .asString()
                .equals(at.toString()));
    }

    private JsonNode connections() {
        return fleet.api().get(fleet.path("pump") + "/connections").json().at("/items");
    }
}
