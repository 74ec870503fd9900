package io.warren.registry.brokerauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

@RegistryTest
class BrokerQuestionsTest {

    private static final String DEVICE = "/api/v1/devices/pump-17";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    Api api;
    String tenant = "q-" + UUID.randomUUID().toString().substring(0, 8);
    String username = "pump-17@" + tenant;
    String credential = "";
    String secret = "";

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put(DEVICE, "{}");
        var answer = api.post(DEVICE + "/credentials", "{\"kind\":\"secret\"}").json();
        credential = answer.at("/id").asString();
        secret = answer.at("/secret").asString();
    }

    @Test
    void aDeviceSignsInWithItsSecret() {
        assertThat(user(username, username, secret)).isEqualTo("allow");
    }

    @Test
    void aWrongSecretIsRefused() {
        assertThat(user(username, username, secret + "x")).startsWith("deny");
        assertThat(user(username, username, "none")).startsWith("deny");
        assertThat(user(username, username, "")).startsWith("deny");
    }

    @Test
    void withoutAPasswordNobodySignsIn() {
        assertThat(api.ask("user", Map.of("username", username, "client_id", username, "vhost", "/")))
                .startsWith("deny");
    }

    @Test
    void aTenantWithAsManyConnectionsAsItMayHaveGetsNoMore() {
        limitConnections("0");
        assertThat(user(username, username, secret)).isEqualTo("deny too many connections of the tenant");

        limitConnections("1");
        await().untilAsserted(() -> assertThat(user(username, username, secret)).isEqualTo("allow"));
    }

    @Test
    void aDeviceThatIsConnectedTakesItsOwnPlaceAgain() {
        jdbc.update("UPDATE presence SET connected = true WHERE tenant = ?", tenant);
        limitConnections("1");
        assertThat(user(username, username, secret)).isEqualTo("allow");
        assertThat(user(username, username, secret)).isEqualTo("allow");
    }

    private void limitConnections(String most) {
        Api.asPlatformAdmin(port, tokens)
                .put("/api/v1/tenants/" + tenant, "{\"limits\":{\"connections\":" + most + "}}");
    }

    @Test
    void aClientIdOfAnotherIsRefused() {
        assertThat(user(username, "pump-18@" + tenant, secret)).startsWith("deny");
        assertThat(api.ask("user", Map.of("username", username, "password", secret, "vhost", "/")))
                .startsWith("deny");
    }

    @Test
    void anotherVirtualHostIsRefused() {
        Map<String, String> question =
                Map.of("username", username, "password", secret, "client_id", username, "vhost", "other");
        assertThat(api.ask("user", question)).startsWith("deny");
        assertThat(api.ask("vhost", Map.of("username", username, "vhost", "other", "ip", "127.0.0.1")))
                .startsWith("deny");
        assertThat(api.ask("vhost", Map.of("username", username, "vhost", "/", "ip", "127.0.0.1")))
                .isEqualTo("allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pump-17", "@", "pump-17@", "/:pump-17@t", "pump-17@t/bootstrap", "a@b@c", "x:y@t"})
    void anExoticNameIsNobody(String name) {
        assertThat(user(name, name, secret)).startsWith("deny");
    }

    @Test
    void aNewSecretWorksAtOnceAndARevokedOneNoLonger() {
        assertThat(user(username, username, secret)).isEqualTo("allow");
        String second = api.post(DEVICE + "/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
        assertThat(user(username, username, second)).isEqualTo("allow");
        assertThat(user(username, username, secret)).isEqualTo("allow");

        api.delete(DEVICE + "/credentials/" + credential);
        assertThat(user(username, username, secret)).startsWith("deny");
        assertThat(user(username, username, second)).isEqualTo("allow");
    }

    @Test
    void aDisabledDeviceIsTurnedAwayAndAnEnabledOneLetInAtOnce() {
        assertThat(user(username, username, secret)).isEqualTo("allow");
        api.patch(DEVICE, "{\"enabled\":false}");
        assertThat(user(username, username, secret)).startsWith("deny");
        api.patch(DEVICE, "{\"enabled\":true}");
        assertThat(user(username, username, secret)).isEqualTo("allow");
    }

    @Test
    void aDeletedDeviceIsTurnedAwayEvenWhenItsIdComesAgain() {
        api.delete(DEVICE);
        assertThat(user(username, username, secret)).startsWith("deny");
        api.put(DEVICE, "{}");
        assertThat(user(username, username, secret)).startsWith("deny");
    }

    @Test
    void aDeviceThatWasTurnedAwayAsUnknownIsLetInOnceItIsKnown() {
        String later = "later@" + tenant;
        assertThat(user(later, later, "x")).startsWith("deny");
        api.put("/api/v1/devices/later", "{}");
        String its = api.post("/api/v1/devices/later/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
        assertThat(user(later, later, its)).isEqualTo("allow");
    }

    @ParameterizedTest
    @CsvSource({
        "exchange, amq.topic,                     write,     allow",
        "exchange, amq.topic,                     read,      allow",
        "exchange, amq.topic,                     configure, deny",
        "exchange, amq.direct,                    write,     deny",
        "exchange, registry.events,               read,      deny",
        "exchange, amq.rabbitmq.event,            read,      deny",
        "queue,    mqtt-subscription-{user}qos0,  configure, allow",
        "queue,    mqtt-subscription-{user}qos1,  read,      allow",
        "queue,    mqtt-subscription-{user}qos1,  write,     allow",
        "queue,    mqtt-subscription-x{user}qos1, read,      deny",
        "queue,    mqtt-subscription-{user}qos2,  read,      deny",
        "queue,    telemetry.shard.0,             read,      deny",
        "queue,    registry.requests,             write,     deny"
    })
    void aDeviceTouchesItsOwnQueuesAndOneExchange(String resource, String name, String permission, String expected) {
        String answer = api.ask(
                "resource",
                Map.of(
                        "username",
                        username,
                        "vhost",
                        "/",
                        "resource",
                        resource,
                        "name",
                        name.replace("{user}", username),
                        "permission",
                        permission));
        assertThat(answer).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "write, v1.{t}.pump-17.up.telemetry,        allow",
        "write, v1.{t}.pump-17.up.telemetry.env,    allow",
        "write, v1.{t}.pump-17.up.events.last-will, allow",
        "write, v1.{t}.pump-17.up.firmware.next.r1, allow",
        "write, v1.{t}.pump-17.up.via.s1.telemetry.env, allow",
        "write, v1.{t}.pump-17.up.via.s1.commands.c1, allow",
        "write, v1.{t}.pump-17.up.via.s1,           deny",
        "write, v1.{t}.pump-17.up.via.s1.telemetry.a.b, deny",
        "write, v1.{t}.pump-17.up.via.s%1.telemetry, deny",
        "write, v1.{t}.pump-17.up.via.*.telemetry,  deny",
        "write, v1.other.pump-17.up.via.s1.telemetry, deny",
        "read,  v1.{t}.pump-17.down.via.s1.#,       allow",
        "read,  v1.{t}.pump-18.down.via.pump-17.#,  deny",
        "write, v1.{t}.pump-17.up.telemetry.a.b,    deny",
        "write, v1.{t}.pump-17.up.commands.c1.x,    deny",
        "write, v1.{t}.pump-17.up.,                 deny",
        "write, v1.{t}.pump-17.up,                  deny",
        "write, v1.{t}.pump-17.down.errors,         deny",
        "write, v1.{t}.pump-18.up.telemetry,        deny",
        "write, v1.{t}.pump-1.up.telemetry,         deny",
        "write, v1.other.pump-17.up.telemetry,      deny",
        "write, v2.{t}.pump-17.up.telemetry,        deny",
        "write, v1.{t}.pump-17.up.*,                deny",
        "write, v1.{t}.pump-17.up.#,                deny",
        "write, registry.events,                    deny",
        "read,  v1.{t}.pump-17.down.#,              allow",
        "read,  v1.{t}.pump-17.down.commands.*.*,   allow",
        "read,  v1.{t}.pump-17.down.errors,         allow",
        "read,  v1.{t}.pump-17.down,                deny",
        "read,  v1.{t}.pump-17.up.#,                deny",
        "read,  v1.{t}.pump-17.#,                   deny",
        "read,  v1.{t}.*.down.#,                    deny",
        "read,  v1.*.pump-17.down.#,                deny",
        "read,  #,                                  deny",
        "read,  v1.{t}.pump-18.down.#,              deny"
    })
    void aDevicePublishesUpAndSubscribesDown(String permission, String key, String expected) {
        assertThat(topic(permission, key.replace("{t}", tenant))).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "write, v1.{t}.pump-17.up.bootstrap.r1,     allow",
        "write, v1.{t}.pump-17.up.bootstrap,        deny",
        "write, v1.{t}.pump-17.up.bootstrap.,       deny",
        "write, v1.{t}.pump-17.up.bootstrap.r1.x,   deny",
        "write, v1.{t}.pump-17.up.bootstrap.*,      deny",
        "write, v1.{t}.pump-17.up.bootstrap.#,      deny",
        "write, v1.{t}.pump-17.up.telemetry,        deny",
        "write, v1.{t}.pump-17.up.via.s1.bootstrap.r1, deny",
        "write, v1.{t}.pump-17.down.bootstrap.r1,   deny",
        "write, v1.{t}.pump-18.up.bootstrap.r1,     deny",
        "write, v1.other.pump-17.up.bootstrap.r1,   deny",
        "read,  v1.{t}.pump-17.down.bootstrap.r1,   allow",
        "read,  v1.{t}.pump-17.down.bootstrap.#,    allow",
        "read,  v1.{t}.pump-17.down.bootstrap,      deny",
        "read,  v1.{t}.pump-17.down.#,              deny",
        "read,  v1.{t}.pump-17.down.state.desired,  deny",
        "read,  v1.{t}.pump-18.down.bootstrap.#,    deny",
        "read,  v1.{t}.*.down.bootstrap.#,          deny",
        "read,  v1.*.*.down.bootstrap.#,            deny",
        "read,  v1.*.*.down.#,                      deny"
    })
    void whoHasNoIdentityYetAsksForOneAndHearsTheAnswer(String permission, String key, String expected) {
        assertThat(topic(username + "/bootstrap", permission, key.replace("{t}", tenant)))
                .startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "exchange, amq.topic,                              write,     allow",
        "exchange, amq.topic,                              configure, deny",
        "exchange, registry.events,                        read,      deny",
        "queue,    mqtt-subscription-{user}/bootstrapqos1, configure, allow",
        "queue,    mqtt-subscription-{user}qos1,           read,      deny",
        "queue,    mqtt-will-{user}/bootstrap,             configure, deny",
        "queue,    provisioning.bootstrap,                 write,     deny"
    })
    void whoHasNoIdentityYetTouchesQueuesOfItsOwnName(
            String resource, String name, String permission, String expected) {
        assertThat(api.ask(
                        "resource",
                        Map.of(
                                "username",
                                username + "/bootstrap",
                                "vhost",
                                "/",
                                "resource",
                                resource,
                                "name",
                                name.replace("{user}", username),
                                "permission",
                                permission)))
                .startsWith(expected);
    }

    @Test
    void whoHasAnIdentityAsksForNoOther() {
        assertThat(topic("write", "v1." + tenant + ".pump-17.up.bootstrap.r1")).startsWith("deny");
        assertThat(topic("write", "v1." + tenant + ".pump-17.up.via.s1.bootstrap.r1"))
                .startsWith("deny");
        assertThat(topic(username, "read", "v1." + tenant + ".pump-17.down.bootstrap.#"))
                .isEqualTo("allow");
    }

    @Test
    void topicsThatCouldBreakAConsumerAreRefused() {
        String prefix = "v1." + tenant + ".pump-17.up.";
        assertThat(topic("write", prefix + "a".repeat(220 - prefix.length()))).isEqualTo("allow");
        assertThat(topic("write", prefix + "a".repeat(221 - prefix.length()))).startsWith("deny");
        assertThat(topic("write", prefix + "é".repeat(110))).startsWith("deny");
        assertThat(topic("write", prefix + "a\u0007b")).startsWith("deny");
        assertThat(topic("write", prefix + "a\uFFFDb")).startsWith("deny");
        assertThat(topic("write", prefix + "a\nb")).startsWith("deny");
    }

    private String topic(String permission, String key) {
        return topic(username, permission, key);
    }

    private String topic(String name, String permission, String key) {
        Map<String, String> question = new HashMap<>();
        question.put("username", name);
        question.put("vhost", "/");
        question.put("resource", "topic");
        question.put("name", "amq.topic");
        question.put("permission", permission);
        question.put("routing_key", key);
        question.put("variable_map.client_id", name);
        question.put("variable_map.username", name);
        return api.ask("topic", question);
    }

    private String user(String name, String clientId, String password) {
        return api.ask("user", Map.of("username", name, "client_id", clientId, "password", password, "vhost", "/"));
    }
}
