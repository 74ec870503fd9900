package io.warren.registry.credential;

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
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class CredentialApiTest {

    private static final String CREDENTIALS = "/api/v1/devices/pump/credentials";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens)
                .withTenant("t-" + UUID.randomUUID().toString().substring(0, 8));
        api.put("/api/v1/devices/pump", "{}");
    }

    @Test
    void aSecretIsShownOnceAndKeptAsAHash() {
        Api.Answer answer = api.post(CREDENTIALS, "{\"kind\":\"secret\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        String secret = answer.json().at("/secret").asString();
        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.headers().firstValue("Location"))
                .contains(CREDENTIALS + "/" + answer.json().at("/id").asString());
        assertThat(api.get(CREDENTIALS).text()).doesNotContain(secret);
        assertThat(jdbc.sql("SELECT count(*) FROM credential WHERE secret_sha256 = sha256(convert_to(?, 'UTF8'))")
                        .param(secret)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aDeviceHasAtMostTwoSecrets() {
        String first = post();
        post();
        Api.Answer third = api.post(CREDENTIALS, "{\"kind\":\"secret\"}");
        assertThat(third.status()).isEqualTo(409);
        assertThat(third.problem()).isEqualTo("too-many-credentials");

        assertThat(api.delete(CREDENTIALS + "/" + first).status()).isEqualTo(204);
        post();
        assertThat(api.get(CREDENTIALS).json().at("/items").size()).isEqualTo(2);
    }

    @Test
    void whatIsRevokedIsGone() {
        String id = post();
        assertThat(api.delete(CREDENTIALS + "/" + id).status()).isEqualTo(204);
        assertThat(api.delete(CREDENTIALS + "/" + id).problem()).isEqualTo("credential-not-found");
        assertThat(jdbc.sql("SELECT type FROM outbox ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .isEqualTo("credential.revoked.v1");
    }

    @Test
    void theSecretsOfADeletedDeviceDoNotLetItsSuccessorIn() {
        post();
        api.delete("/api/v1/devices/pump");
        api.put("/api/v1/devices/pump", "{}");
        assertThat(api.get(CREDENTIALS).json().at("/items").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"kind\":\"password\"}", "{\"kind\":null}", "{\"kind\":\"secret\",\"secret\":\"x\"}"})
    void whatIsNoWishForASecretIsRefused(String body) {
        assertThat(api.post(CREDENTIALS, body).status()).isEqualTo(422);
    }

    private String post() {
        return api.post(CREDENTIALS, "{\"kind\":\"secret\"}").json().at("/id").asString();
    }
}
