package io.warren.registry.brokerauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.warren.registry.AtOnce;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryBrokerTest
class DeviceAccessIT {

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
    void aDeviceConnectsPublishesAndSubscribes() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            pump.subscribe(fleet.topic("pump", "down/#"));
            pump.publish(fleet.topic("pump", "up/events/hello"), "{}");
            rabbit.convertAndSend("amq.topic", "v1." + fleet.tenant() + ".pump.down.errors", "hello");
            await().untilAsserted(() -> assertThat(pump.received()).hasSize(1));
        }
    }

    @Test
    void aWrongSecretIsTurnedAway() {
        AtOnce.run(
                () -> assertRefused(fleet.address("pump"), fleet.address("pump"), secret + "x"),
                () -> assertRefused(fleet.address("pump"), fleet.address("pump"), "none"));
    }

    @Test
    void anothersClientIdIsTurnedAway() {
        fleet.secretOf("valve");
        AtOnce.run(
                () -> assertRefused(fleet.address("pump"), fleet.address("valve"), secret),
                () -> assertRefused(fleet.address("pump"), "anything", secret));
    }

    @Test
    void anExoticNameIsTurnedAway() {
        AtOnce.run(
                () -> assertRefused("/:" + fleet.address("pump"), "/:" + fleet.address("pump"), secret),
                () -> assertRefused(fleet.address("pump") + "/bootstrap", fleet.address("pump") + "/bootstrap", secret),
                () -> assertRefused("admin", "admin", secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/{t}/valve/up/telemetry",
                "v1/other/pump/up/telemetry",
                "v1/{t}/pump/down/errors",
                "v1/{t}/pump",
                "v1.{t}.valve.up.telemetry",
                "elsewhere",
                "$SYS/broker",
                "v1/{t}/pump/up/{long}"
            })
    void publishingElsewhereEndsTheConnection(String topic) {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            assertThatException()
                    .isThrownBy(() -> pump.publish(
                            topic.replace("{t}", fleet.tenant()).replace("{long}", "x".repeat(200)), "{}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "v1/#",
                "v1/+/+/down/#",
                "v1/{t}/+/down/#",
                "v1/+/pump/down/#",
                "v1/{t}/valve/down/#",
                "v1/{t}/pump/#",
                "v1/{t}/pump/up/#",
                "v1/{t}/pump/+/errors",
                "$share/group/v1/{t}/valve/down/#",
                "elsewhere"
            })
    void subscribingElsewhereIsRefused(String filter) {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            assertThatException().isThrownBy(() -> pump.subscribe(filter.replace("{t}", fleet.tenant())));
        }
    }

    @Test
    void aDisabledDeviceIsDisconnectedWithinFiveSecondsAndStaysOut() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            await().until(() -> fleet.isPresent("pump"));
            fleet.api().patch(fleet.path("pump"), "{\"enabled\":false}");
            await().atMost(Duration.ofSeconds(5)).until(() -> !pump.isConnected());
        }
        assertRefused(fleet.address("pump"), fleet.address("pump"), secret);

        fleet.api().patch(fleet.path("pump"), "{\"enabled\":true}");
        await().until(() ->
                jdbc.sql("SELECT count(*) FROM disconnection").query(Long.class).single() == 0);
        fleet.connect("pump", secret).close();
    }

    @Test
    void aDeletedDeviceIsDisconnected() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            fleet.api().delete(fleet.path("pump"));
            await().atMost(Duration.ofSeconds(5)).until(() -> !pump.isConnected());
        }
        assertRefused(fleet.address("pump"), fleet.address("pump"), secret);
    }

    @Test
    void aRevokedSecretEndsTheConnection() {
        String credentials = fleet.path("pump") + "/credentials";
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            String id = fleet.api().get(credentials).json().at("/items/0/id").asString();
            fleet.api().delete(credentials + "/" + id);
            await().atMost(Duration.ofSeconds(5)).until(() -> !pump.isConnected());
        }
        assertRefused(fleet.address("pump"), fleet.address("pump"), secret);
    }

    @Test
    void aConnectionToBeClosedIsNotForgottenByACrash() {
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            // what the transaction leaves behind, had the service died right after it
            jdbc.sql("INSERT INTO disconnection (tenant, device, remaining, due_at) VALUES (?, 'pump', 2, now())")
                    .param(fleet.tenant())
                    .update();
            await().atMost(Duration.ofSeconds(5)).until(() -> !pump.isConnected());
        }
    }

    @Test
    void whatAnotherReplicaChangesIsFeltHere() {
        fleet.connect("pump", secret).close();
        // another replica's change: the row, and word of it, without this service's own doing
        jdbc.sql("UPDATE device SET enabled = false WHERE tenant = ? AND id = 'pump'")
                .param(fleet.tenant())
                .update();
        rabbit.send(
                "registry.events",
                "device.updated.v1",
                MessageBuilder.withBody(("{\"tenant\":\"" + fleet.tenant() + "\",\"device\":\"pump\"}").getBytes(UTF_8))
                        .build());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertRefused(fleet.address("pump"), fleet.address("pump"), secret));
    }

    @Test
    void anUnknownDeviceIsTurnedAwayUntilItIsKnown() {
        String late = "late-" + UUID.randomUUID();
        assertRefused(fleet.address(late), fleet.address(late), "x");
        fleet.connect(late, fleet.secretOf(late)).close();
    }

    private static void assertRefused(String username, String clientId, String password) {
        assertThatException()
                .isThrownBy(
                        () -> MqttDevice.connect(username, clientId, password).close());
    }
}
