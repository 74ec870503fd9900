package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class CommandApiTest {

    private static final String COMMANDS = "/api/v1/devices/pump/commands";

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    String tenant = "c-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{}");
    }

    @Test
    void aCommandIsKeptForADeviceThatIsAway() {
        Api.Answer answer = api.as(tenant, "operator").post(COMMANDS, "{\"name\":\"reboot\",\"args\":{\"n\":1}}");
        assertThat(answer.status()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(COMMANDS + "/" + answer.json().at("/id").asString());
        assertThat(api.get(location).json().at("/state").asString()).isEqualTo("queued");
        assertThat(api.get(location).json().at("/args/n").asInt()).isEqualTo(1);
    }

    @Test
    void theSameIdempotencyKeyGivesOneCommand() {
        Api.Answer first = api.post(COMMANDS, "{\"name\":\"once\"}", "Idempotency-Key", "k1");
        Api.Answer second = api.post(COMMANDS, "{\"name\":\"once\"}", "Idempotency-Key", "k1");
        assertThat(second.json().at("/id")).isEqualTo(first.json().at("/id"));
        assertThat(api.get(COMMANDS).json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void commandsAreListedTheNewestFirst() {
        for (String name : new String[] {"one", "two", "three"}) {
            api.post(COMMANDS, "{\"name\":\"" + name + "\"}");
        }
        var first = api.get(COMMANDS + "?limit=2").json();
        var second = api.get(COMMANDS + "?limit=2&cursor=" + first.at("/next").asString())
                .json();
        assertThat(first.at("/items"))
                .extracting(item -> item.at("/name").asString())
                .containsExactly("three", "two");
        assertThat(second.at("/items"))
                .extracting(item -> item.at("/name").asString())
                .containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"a/b\"}",
                "{\"name\":\"a.b\"}",
                "{\"name\":\"#\"}",
                "{\"name\":\"x\",\"expiresIn\":0}",
                "{\"name\":\"x\",\"expiresIn\":99999999}",
                "{\"name\":\"x\",\"more\":1}",
                "{\"name\":\"x\",\"args\":\"a\\u0000b\"}"
            })
    void whatIsNoOrderIsRefused(String body) {
        assertThat(api.post(COMMANDS, body).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 61})
    void nobodyWaitsForEver(int wait) {
        assertThat(api.post(COMMANDS + "?wait=" + wait, "{\"name\":\"x\"}").status())
                .isEqualTo(422);
    }

    @Test
    void argumentsHaveALimit() {
        String args = "\"" + "x".repeat(64 * 1024) + "\"";
        assertThat(api.post(COMMANDS, "{\"name\":\"x\",\"args\":" + args + "}").status())
                .isEqualTo(422);
    }

    @Test
    void anotherTenantNeitherGivesNorSeesNorCancels() {
        String id = api.post(COMMANDS, "{\"name\":\"mine\"}").json().at("/id").asString();
        Api thief = api.withTenant("thieves");
        assertThat(thief.post(COMMANDS, "{\"name\":\"x\"}").problem()).isEqualTo("device-not-found");
        assertThat(thief.get(COMMANDS).status()).isEqualTo(404);
        assertThat(thief.get(COMMANDS + "/" + id).status()).isEqualTo(404);
        assertThat(thief.post(COMMANDS + "/" + id + ":cancel", "").status()).isEqualTo(404);
        thief.put("/api/v1/devices/pump", "{}");
        assertThat(thief.get(COMMANDS + "/" + id).problem()).isEqualTo("command-not-found");
        assertThat(thief.post(COMMANDS + "/" + id + ":cancel", "").problem()).isEqualTo("command-not-found");
        thief.delete("/api/v1/devices/pump");
    }

    @Test
    void aViewerGivesNoCommands() {
        String id = api.post(COMMANDS, "{\"name\":\"x\"}").json().at("/id").asString();
        Api viewer = api.as(tenant, "viewer");
        assertThat(viewer.post(COMMANDS, "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(viewer.post(COMMANDS + "/" + id + ":cancel", "").status()).isEqualTo(403);
        assertThat(viewer.get(COMMANDS).status()).isEqualTo(200);
        assertThat(api.as(tenant, "device").get(COMMANDS).status()).isEqualTo(403);
    }
}
