package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Commands to devices behind gateway devices, and what others try. */
@RegistryBrokerTest
class GatewayCommandIT {

    @Autowired
    TestTokens tokens;

    TestFleet fleet;
    String edge = "";
    String rogue = "";

    @BeforeEach
    void makeDevices() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        edge = fleet.secretOf("edge");
        rogue = fleet.secretOf("rogue");
        fleet.api().put(fleet.path("sensor"), "{\"gateway\":\"edge\"}");
    }

    @Test
    void aGatewayGetsTheCommandsOfTheDeviceBehindItWhenItComesAndAnswersForIt() {
        String id = give("sensor");
        try (MqttDevice gateway = connect("edge", edge)) {
            await().until(() -> !gateway.received().isEmpty());
            assertThat(gateway.received().getFirst().getTopic())
                    .hasToString(fleet.topic("edge", "down/via/sensor/commands/" + id + "/go"));
            String second = give("sensor");
            await().until(() -> gateway.received().size() == 2);

            gateway.publish(fleet.topic("edge", "up/via/sensor/commands/" + id), "{\"status\":\"succeeded\"}");
            await().until(() -> state(id).equals("succeeded"));
            gateway.publish(fleet.topic("edge", "up/via/sensor/commands/" + second), "{\"status\":\"oops\"}");
            await().until(() -> gateway.received().size() == 3);
            assertThat(gateway.received().getLast().getTopic()).hasToString(fleet.topic("edge", "down/errors"));
        }
    }

    @Test
    void aGatewayHandlesTheStateOfTheDeviceBehindIt() {
        fleet.api().patch(fleet.path("sensor") + "/state/desired", "{\"interval\":30}");
        try (MqttDevice gateway = connect("edge", edge);
                MqttDevice other = connect("rogue", rogue)) {
            await().until(() -> gateway.received().size() == 1);
            assertThat(gateway.received().getFirst().getTopic())
                    .hasToString(fleet.topic("edge", "down/via/sensor/state/desired"));
            other.publish(fleet.topic("rogue", "up/via/sensor/state/reported"), "{\"interval\":1}");
            await().until(() -> other.received().size() == 1);
            assertThat(MqttDevice.body(other.received().getFirst())).contains("not-behind-gateway");

            gateway.publish(fleet.topic("edge", "up/via/sensor/state/reported/r1"), "{\"interval\":30}");
            await().until(() -> gateway.received().size() == 2);
            assertThat(gateway.received().getLast().getTopic())
                    .hasToString(fleet.topic("edge", "down/via/sensor/state/reported/r1"));
            assertThat(fleet.api()
                            .get(fleet.path("sensor") + "/state")
                            .json()
                            .at("/inSync")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void anotherDeviceDoesNotSpeakForIt() {
        String id = give("sensor");
        try (MqttDevice other = connect("rogue", rogue)) {
            other.publish(fleet.topic("rogue", "up/via/sensor/commands/" + id), "{\"status\":\"failed\"}");
            await().until(() -> !other.received().isEmpty());
            assertThat(MqttDevice.body(other.received().getFirst())).contains("does not sit behind");
            assertThat(state(id)).isIn("queued", "sent");
        }
        TestFleet others = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        try (MqttDevice stranger = others.connect("edge", others.secretOf("edge"))) {
            stranger.subscribe(others.topic("edge", "down/#"));
            stranger.publish(others.topic("edge", "up/via/sensor/commands/" + id), "{\"status\":\"failed\"}");
            await().until(() -> !stranger.received().isEmpty());
            assertThat(state(id)).isIn("queued", "sent");
        }
    }

    @Test
    void aGatewayThatItIsTakenFromWhileConnectedSpeaksForItNoMore() {
        String id = give("sensor");
        try (MqttDevice gateway = connect("edge", edge);
                MqttDevice other = connect("rogue", rogue)) {
            await().until(() -> gateway.received().size() == 1);
            fleet.api().patch(fleet.path("sensor"), "{\"gateway\":\"rogue\"}");

            // the other is there already, and is told what waits
            await().until(() -> other.received().size() == 1);
            gateway.publish(fleet.topic("edge", "up/via/sensor/commands/" + id), "{\"status\":\"failed\"}");
            await().until(() -> gateway.received().size() == 2);
            assertThat(gateway.received().getLast().getTopic()).hasToString(fleet.topic("edge", "down/errors"));
            assertThat(gateway.isConnected()).isTrue();
            assertThat(state(id)).isEqualTo("sent");

            give("sensor");
            await().until(() -> other.received().size() == 2);
            assertThat(gateway.received()).hasSize(2);
        }
    }

    @Test
    void aGatewayDoesNotSpeakForADisabledDevice() {
        String id = give("sensor");
        fleet.api().patch(fleet.path("sensor"), "{\"enabled\":false}");
        try (MqttDevice gateway = connect("edge", edge)) {
            gateway.publish(fleet.topic("edge", "up/via/sensor/commands/" + id), "{\"status\":\"failed\"}");
            await().until(() -> gateway.received().stream()
                    .anyMatch(message -> message.getTopic().toString().endsWith("/errors")));
            assertThat(state(id)).isIn("queued", "sent");
        }
    }

    @Test
    void aDisabledDeviceIsSentNothingThroughAGatewayThatConnectsUntilItIsEnabledAgain() {
        String id = give("sensor");
        fleet.api().patch(fleet.path("sensor") + "/state/desired", "{\"interval\":30}");
        fleet.api().patch(fleet.path("sensor"), "{\"enabled\":false}");
        try (MqttDevice gateway = connect("edge", edge)) {
            give("sensor");
            give("edge");
            await().until(() -> !gateway.received().isEmpty());
            assertThat(state(id)).isEqualTo("queued");
            assertThat(gateway.received())
                    .hasSize(1)
                    .noneMatch(message -> message.getTopic().toString().contains("/via/"));

            fleet.api().patch(fleet.path("sensor"), "{\"enabled\":true}");
            await().until(() -> gateway.received().size() == 4);
            assertThat(state(id)).isEqualTo("sent");
        }
    }

    private MqttDevice connect(String device, String secret) {
        MqttDevice connected = fleet.connect(device, secret);
        connected.subscribe(fleet.topic(device, "down/#"));
        await().until(() -> fleet.isPresent(device));
        return connected;
    }

    private String give(String device) {
        return fleet.api()
                .as(fleet.tenant(), "operator")
                .post(fleet.path(device) + "/commands", "{\"name\":\"go\"}")
                .json()
                .at("/id")
                .asString();
    }

    private String state(String id) {
        return fleet.api()
                .get(fleet.path("sensor") + "/commands/" + id)
                .json()
                .at("/state")
                .asString();
    }
}
