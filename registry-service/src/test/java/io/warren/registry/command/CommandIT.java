package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.registry.downlink.DeviceMessages;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryBrokerTest
class CommandIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DeviceMessages messages;

    TestFleet fleet;
    String secret = "";
    String commands = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
        commands = fleet.path("pump") + "/commands";
    }

    @Test
    void aConnectedDeviceGetsTheCommandAndItsAnswerComesBack() {
        try (MqttDevice pump = connect()) {
            CompletableFuture<Api.Answer> waiting = CompletableFuture.supplyAsync(
                    () -> fleet.api().post(commands + "?wait=20", "{\"name\":\"reboot\",\"args\":{\"delay\":3}}"));
            String id = firstCommand(pump);
            assertThat(MqttDevice.body(pump.received().getFirst())).contains("\"delay\": 3", "expiresAt");

            pump.publish(fleet.topic("pump", "up/commands/" + id), "{\"status\":\"running\",\"progress\":40}");
            await().until(() -> state(id).equals("running"));
            pump.publish(
                    fleet.topic("pump", "up/commands/" + id), "{\"status\":\"succeeded\",\"result\":{\"took\":1.5}}");

            Api.Answer answer = waiting.join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/state").asString()).isEqualTo("succeeded");
            assertThat(answer.json().at("/result/took").asDouble()).isEqualTo(1.5);
        }
    }

    @Test
    void whoWaitsInVainIsToldThatTheCommandStaysQueued() {
        Api.Answer answer = fleet.api().post(commands + "?wait=1", "{\"name\":\"reboot\"}");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.problem()).isEqualTo("command-unanswered");
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(fleet.api().get(location).json().at("/state").asString()).isEqualTo("queued");
    }

    @Test
    void aCommandForADeviceThatIsAwayIsSentWhenItComes() {
        String id = give("{\"name\":\"later\"}");
        try (MqttDevice pump = connect()) {
            assertThat(firstCommand(pump)).isEqualTo(id);
            await().until(() -> state(id).equals("sent"));
        }
    }

    @Test
    void anUnansweredCommandIsSentAgainUnderTheSameIdWhenTheDeviceComesBack() {
        String id;
        try (MqttDevice pump = connect()) {
            id = give("{\"name\":\"again\"}");
            assertThat(firstCommand(pump)).isEqualTo(id);
        }
        await().until(() -> !fleet.isPresent("pump"));
        try (MqttDevice pump = connect()) {
            assertThat(firstCommand(pump)).isEqualTo(id);
            pump.publish(fleet.topic("pump", "up/commands/" + id), "{\"status\":\"accepted\"}");
            await().until(() -> state(id).equals("accepted"));
        }
        await().until(() -> !fleet.isPresent("pump"));
        try (MqttDevice pump = connect()) {
            String other = give("{\"name\":\"other\"}");
            assertThat(firstCommand(pump))
                    .as("the accepted one is not sent again")
                    .isEqualTo(other);
        }
    }

    @Test
    void aCommandWhoseSenderDiedIsSentByTheNext() {
        try (MqttDevice pump = connect()) {
            // what a registry leaves behind that is killed after the commit and before it has sent anything
            String id = "00000000-0000-4000-8000-" + fleet.tenant().substring(3) + "0000";
            jdbc.sql("""
                            INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, send_at, version)
                            VALUES (?::uuid, ?, 'pump', 'survivor', 'QUEUED', now(), now() + interval '1 hour', now(), 0)""").params(id, fleet.tenant()).update();
            assertThat(firstCommand(pump)).isEqualTo(id);
        }
    }

    @Test
    void anExpiredCommandIsNeverDelivered() {
        String id = give("{\"name\":\"short\",\"expiresIn\":1}");
        await().atMost(Duration.ofSeconds(10)).until(() -> state(id).equals("expired"));
        try (MqttDevice pump = connect()) {
            String other = give("{\"name\":\"other\"}");
            assertThat(firstCommand(pump)).isEqualTo(other);
            pump.publish(fleet.topic("pump", "up/commands/" + id), "{\"status\":\"succeeded\"}");
            pump.publish(fleet.topic("pump", "up/commands/" + other), "{\"status\":\"failed\",\"error\":\"no\"}");
            await().until(() -> state(other).equals("failed"));
            assertThat(state(id)).isEqualTo("expired");
        }
    }

    @Test
    void whatExpiresInTheQueueOfAPersistentSessionIsNotDeliveredEither() throws InterruptedException {
        try (MqttDevice pump = MqttDevice.resume(fleet.address("pump"), secret)) {
            pump.subscribe(fleet.topic("pump", "down/#"));
        }
        Instant expires = Instant.now().plusSeconds(1);
        assertThat(messages.sendAll(
                        List.of(message("short", Duration.ofSeconds(1)), message("long", Duration.ofMinutes(1)))))
                .as("the queue of the session has them")
                .containsExactly(true, true);
        await().until(() -> Instant.now().isAfter(expires));
        try (MqttDevice pump = MqttDevice.resume(fleet.address("pump"), secret)) {
            await().until(() -> !topics(pump, "commands").isEmpty());
            assertThat(topics(pump, "commands"))
                    .allSatisfy(topic -> assertThat(topic).endsWith("/long"));
        }
        fleet.connect("pump", secret).close(); // a clean start ends the session
    }

    @Test
    void aDevicesCommandsComeInTheOrderInWhichTheyWereGiven() {
        List<String> given = IntStream.range(0, 20)
                .mapToObj(number -> give("{\"name\":\"n" + number + "\"}"))
                .toList();
        try (MqttDevice pump = connect()) {
            List<String> more = IntStream.range(20, 40)
                    .mapToObj(number -> give("{\"name\":\"n" + number + "\"}"))
                    .toList();
            await().until(() -> topics(pump, "commands").size() >= 40);
            assertThat(topics(pump, "commands"))
                    .extracting(topic -> topic.split("/", -1)[5])
                    .containsExactlyElementsOf(
                            Stream.concat(given.stream(), more.stream()).toList());
        }
    }

    @Test
    void aBadAnswerAmongGoodOnesSpoilsNone() {
        try (MqttDevice pump = connect()) {
            List<String> ids = IntStream.range(0, 30)
                    .mapToObj(number -> give("{\"name\":\"n" + number + "\"}"))
                    .toList();
            for (String id : ids) {
                String result = id.equals(ids.get(10)) ? "a\\u0000b" : "fine";
                pump.publish(
                        fleet.topic("pump", "up/commands/" + id),
                        "{\"status\":\"succeeded\",\"result\":\"" + result + "\"}");
            }
            await().until(() ->
                    ids.stream().filter(id -> state(id).equals("succeeded")).count() == 29);
            await().untilAsserted(() -> assertThat(errors(pump)).hasSize(1));
            assertThat(errors(pump).getFirst()).contains(ids.get(10));
        }
    }

    @Test
    void aCancelledCommandIsNotSent() {
        String id = give("{\"name\":\"never\"}");
        assertThat(fleet.api()
                        .as(fleet.tenant(), "operator")
                        .post(commands + "/" + id + ":cancel", "")
                        .json()
                        .at("/state")
                        .asString())
                .isEqualTo("cancelled");
        try (MqttDevice pump = connect()) {
            String other = give("{\"name\":\"other\"}");
            assertThat(firstCommand(pump)).isEqualTo(other);
            pump.publish(fleet.topic("pump", "up/commands/" + other), "{\"status\":\"running\"}");
            await().until(() -> state(other).equals("running"));
            Api.Answer tooLate = fleet.api().post(commands + "/" + other + ":cancel", "");
            assertThat(tooLate.status()).isEqualTo(409);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"status\":\"done\"}",
                "{}",
                "[]",
                "{\"status\":\"running\",\"progress\":101}",
                "null",
                "{\"status\":\"succeeded\",\"result\":\"a\\u0000b\"}"
            })
    void anAnswerThatIsNoneIsRefusedAndTheDeviceToldWhy(String body) {
        try (MqttDevice pump = connect()) {
            String id = give("{\"name\":\"strict\"}");
            firstCommand(pump);
            pump.publish(fleet.topic("pump", "up/commands/" + id), body);
            await().untilAsserted(() -> assertThat(errors(pump)).hasSize(1));
            assertThat(errors(pump).getFirst())
                    .contains("urn:warren:problem:invalid", fleet.topic("pump", "up/commands/" + id));
            assertThat(state(id)).isIn("queued", "sent");
        }
    }

    @Test
    void anothersCommandCannotBeAnswered() {
        String id = give("{\"name\":\"mine\"}");
        String otherSecret = fleet.secretOf("valve");
        try (MqttDevice valve = fleet.connect("valve", otherSecret)) {
            valve.subscribe(fleet.topic("valve", "down/#"));
            valve.publish(fleet.topic("valve", "up/commands/" + id), "{\"status\":\"succeeded\"}");
            await().untilAsserted(() -> assertThat(errors(valve)).hasSize(1));
        }
        assertThat(state(id)).isEqualTo("queued");
    }

    private DeviceMessages.Outgoing message(String name, Duration lifetime) {
        return new DeviceMessages.Outgoing(
                "v1." + fleet.tenant() + ".pump.down.commands." + UUID.randomUUID() + "." + name, "{}", lifetime);
    }

    private MqttDevice connect() {
        MqttDevice pump = fleet.connect("pump", secret);
        pump.subscribe(fleet.topic("pump", "down/#"));
        await().until(() -> fleet.isPresent("pump"));
        return pump;
    }

    private String give(String order) {
        Api.Answer answer = fleet.api().post(commands, order);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().at("/id").asString();
    }

    private String state(String id) {
        return fleet.api().get(commands + "/" + id).json().at("/state").asString();
    }

    private static String firstCommand(MqttDevice device) {
        await().until(() -> !topics(device, "commands").isEmpty());
        return topics(device, "commands").getFirst().split("/", -1)[5];
    }

    private static List<String> topics(MqttDevice device, String kind) {
        return device.received().stream()
                .map(message -> message.getTopic().toString())
                .filter(topic -> topic.contains("/down/" + kind))
                .toList();
    }

    private static List<String> errors(MqttDevice device) {
        return device.received().stream()
                .filter(message -> message.getTopic().toString().endsWith("/down/errors"))
                .map(MqttDevice::body)
                .toList();
    }
}
