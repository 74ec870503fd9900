package io.warren.registry.brokerauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.platform.seal.Seal;
import io.warren.registry.Api;
import io.warren.registry.AtOnce;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.RegistryTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices without an identity at the broker. Provisioning is not ours here: it takes the proof {@code right} of whomever. */
@RegistryBrokerTest
class BootstrapAccessIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ConnectionFactory connections;

    @Autowired
    MessageConverter converter;

    @Autowired
    RabbitTemplate rabbit;

    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    SimpleMessageListenerContainer provisioning = new SimpleMessageListenerContainer();
    TestFleet fleet;

    @BeforeEach
    void answerAsProvisioning() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        rabbit.execute(channel -> channel.queuePurge(ProvisioningRequests.SIGN_INS));
        rabbit.execute(channel -> channel.queuePurge("provisioning.bootstrap"));
        provisioning = new SimpleMessageListenerContainer(connections);
        provisioning.setQueueNames(ProvisioningRequests.SIGN_INS);
        provisioning.setMessageListener(this::answer);
        provisioning.start();
        provisioning.initialize();
    }

    @AfterEach
    void stop() {
        provisioning.stop();
    }

    private void answer(Message message) {
        message.getMessageProperties().setInferredArgumentType(BootstrapSignInQuestion.class);
        BootstrapSignInQuestion question = (BootstrapSignInQuestion) converter.fromMessage(message);
        String proof = new Seal(RegistryTest.SEALING_KEY.split("=", 2)[1])
                .open(
                        Base64.getDecoder().decode(question.sealedProof()),
                        "bootstrap-proof\n" + question.device() + "@" + question.tenant())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        asked.add(question.device() + "@" + question.tenant() + " " + proof);
        rabbit.convertAndSend(
                "",
                message.getMessageProperties().getReplyTo(),
                new BootstrapSignInAnswer(proof.equals("right")),
                reply -> {
                    reply.getMessageProperties()
                            .setCorrelationId(message.getMessageProperties().getCorrelationId());
                    return reply;
                });
    }

    @Test
    void aDeviceThatProvisioningTakesAsksAndIsAnswered() {
        String name = fleet.address("new") + "/bootstrap";
        try (MqttDevice device = MqttDevice.connect(name, "right")) {
            device.subscribe(fleet.topic("new", "down/bootstrap/+"));
            device.publish(fleet.topic("new", "up/bootstrap/1"), "{}");
            rabbit.convertAndSend("amq.topic", "v1." + fleet.tenant() + ".new.down.bootstrap.1", "hello");
            await().untilAsserted(() -> assertThat(device.received()).hasSize(1));
        }
        // the broker asks a first time again, for what it remembers of what is open to the name
        assertThat(asked).containsOnly(fleet.address("new") + " right");
        // of who it is the broker has stamped the message
        Message request = rabbit.receive("provisioning.bootstrap", 5_000);
        assertThat(request).isNotNull();
        assertThat(request.getMessageProperties().getHeaders()).containsEntry("x-opt-mqtt-client-id", name);
    }

    @Test
    void aYesIsRememberedNowhere() {
        String name = fleet.address("new") + "/bootstrap";
        MqttDevice.connect(name, "right").close();
        asked.clear();
        MqttDevice.connect(name, "right").close();
        assertThat(asked).containsExactly(fleet.address("new") + " right");
        assertRefused(name, name, "wrong");
    }

    @Test
    void nobodyComesInWithoutAProofOrUnderAnothersName() {
        String name = fleet.address("new") + "/bootstrap";
        String pump = fleet.address("pump");
        String secret = fleet.secretOf("pump");
        AtOnce.run(
                () -> assertRefused(name, name, "wrong"),
                () -> assertRefused(name, fleet.address("new"), "right"),
                () -> assertRefused(name, fleet.address("other") + "/bootstrap", "right"),
                () -> assertRefused(fleet.address("new"), fleet.address("new"), "right"),
                // what opens the broker to a device opens nothing to it under its other name
                () -> assertRefused(pump + "/bootstrap", pump + "/bootstrap", secret),
                () -> assertRefused(pump, pump + "/bootstrap", secret));
    }

    @Test
    void nobodyComesInWhileProvisioningIsAway() {
        provisioning.stop();
        String name = fleet.address("new") + "/bootstrap";
        assertRefused(name, name, "right");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/{t}/new/up/telemetry",
                "v1/{t}/new/up/bootstrap",
                "v1/{t}/new/up/bootstrap/1/2",
                "v1/{t}/new/down/bootstrap/1",
                "v1/{t}/other/up/bootstrap/1",
                "v1/another/new/up/bootstrap/1"
            })
    void publishingAnythingElseEndsTheConnection(String topic) {
        try (MqttDevice device = MqttDevice.connect(fleet.address("new") + "/bootstrap", "right")) {
            assertThatException().isThrownBy(() -> device.publish(topic.replace("{t}", fleet.tenant()), "{}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/+/+/down/#",
                "v1/{t}/+/down/bootstrap/#",
                "v1/{t}/new/down/#",
                "v1/{t}/new/down/bootstrap",
                "v1/{t}/other/down/bootstrap/#",
                "v1/another/new/down/bootstrap/#",
                "$share/group/v1/{t}/other/down/bootstrap/#",
                "#"
            })
    void listeningElsewhereIsRefused(String filter) {
        try (MqttDevice device = MqttDevice.connect(fleet.address("new") + "/bootstrap", "right")) {
            assertThatException().isThrownBy(() -> device.subscribe(filter.replace("{t}", fleet.tenant())));
        }
    }

    @Test
    void itIsNotTheDevicesPresenceAndLeavesItsConnectionAlone() {
        String secret = fleet.secretOf("pump");
        try (MqttDevice bootstrapping = MqttDevice.connect(fleet.address("pump") + "/bootstrap", "right")) {
            bootstrapping.subscribe(fleet.topic("pump", "down/bootstrap/#"));
            // the reconciliation goes round every two seconds
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(7)).until(() -> !fleet.isPresent("pump"));
            assertThat(fleet.api().get(fleet.path("pump")).json().has("lastSeenAt"))
                    .isFalse();
            assertThat(fleet.api()
                            .get(fleet.path("pump") + "/connections")
                            .json()
                            .at("/items"))
                    .isEmpty();
        }
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            await().until(() -> fleet.isPresent("pump"));
            try (MqttDevice bootstrapping = MqttDevice.connect(fleet.address("pump") + "/bootstrap", "right")) {
                assertThat(bootstrapping.isConnected() && pump.isConnected()).isTrue();
            }
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> fleet.isPresent("pump") && pump.isConnected());
        }
        assertThat(jdbc.sql("SELECT count(*) FROM connection WHERE tenant = ?")
                        .param(fleet.tenant())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void itUsesUpNoConnectionOfTheTenant() {
        fleet.secretOf("pump");
        Api.asPlatformAdmin(BackingServers.port("REGISTRY_PORT"), tokens)
                .put("/api/v1/tenants/" + fleet.tenant(), "{\"limits\":{\"connections\":0}}");
        MqttDevice.connect(fleet.address("pump") + "/bootstrap", "right").close();
    }

    private static void assertRefused(String username, String clientId, String password) {
        assertThatException()
                .isThrownBy(
                        () -> MqttDevice.connect(username, clientId, password).close());
    }
}
