package io.warren.registry.devicetype;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class DeviceTypeApiTest {

    private static final String TYPE = """
            {"name":"Pump","payloadFormat":"cbor","offlineAfter":900,
             "streams":{"env":{"schemas":[{"schema":{"type":"object","properties":{"t":{"maximum":1e2}}}}]}},
             "commands":{"run":{"description":"Runs","args":{"type":"object","required":["rpm"],
               "properties":{"rpm":{"type":"integer","minimum":1}},"additionalProperties":false}},
              "stop":{}},
             "defaultDesiredState":{"interval":60}}""";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void connect() {
        api = Api.asPlatformAdmin(port, tokens).withTenant("types");
    }

    @Test
    void aTypeIsMadeAndReadBack() {
        Api.Answer made = api.put(path("made"), TYPE);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.eTag()).isEqualTo("\"1\"");

        var type = api.get(path("made")).json();
        assertThat(type.at("/payloadFormat").asString()).isEqualTo("cbor");
        assertThat(type.at("/offlineAfter").intValue()).isEqualTo(900);
        assertThat(type.at("/streams/env/schemas/0/version").intValue()).isEqualTo(1);
        assertThat(type.at("/commands/run/args/required/0").asString()).isEqualTo("rpm");
        assertThat(type.at("/defaultDesiredState/interval").intValue()).isEqualTo(60);
    }

    @Test
    void puttingTheSameAgainChangesNothing() {
        api.put(path("same"), TYPE);
        assertThat(api.put(path("same"), TYPE).eTag()).isEqualTo("\"1\"");
        assertThat(api.put(path("same"), api.get(path("same")).text()).eTag()).isEqualTo("\"1\"");
    }

    @Test
    void aChangedSchemaIsANewVersionBesideTheOld() {
        api.put(path("grows"), TYPE);
        var changed = api.patch(path("grows"), """
                {"streams":{"env":{"schemas":[{"schema":{"type":"object"}}]},"log":{"schemas":[]}}}""");
        assertThat(changed.eTag()).isEqualTo("\"2\"");
        assertThat(changed.json().at("/streams/env/schemas").size()).isEqualTo(2);
        assertThat(changed.json()
                        .at("/streams/env/schemas/0/schema/properties/t/maximum")
                        .intValue())
                .isEqualTo(100);
        assertThat(changed.json().at("/streams/env/schemas/1/version").intValue())
                .isEqualTo(2);

        var kept = api.put(path("grows"), "{}").json();
        assertThat(kept.at("/streams/env/schemas").size()).isEqualTo(2);
        assertThat(kept.at("/commands").isEmpty()).isTrue();
        assertThat(api.patch(path("grows"), "{\"streams\":{\"env\":null}}").eTag())
                .isEqualTo("\"3\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"streams\":{\"env\":{\"schemas\":[{\"version\":1,\"schema\":{}}]}}} | /streams/env/schemas/0/schema",
                "{\"streams\":{\"two\":{\"schemas\":[{\"version\":3,\"schema\":{}},{\"version\":2,\"schema\":true}]}}} | /streams/two/schemas/1/version",
                "{\"streams\":{\"two\":{\"schemas\":[{\"schema\":{\"type\":\"wrong\"}}]}}} | /streams/two/schemas/0/schema/type",
                "{\"streams\":{\"two\":{}}} | /streams/two/schemas",
                "{\"streams\":{\"a/b\":{\"schemas\":[]}}} | /streams/a~1b",
                "{\"commands\":{\"run\":{\"args\":{\"$ref\":\"http://169.254.169.254/\"}}}} | /commands/run/args/$ref",
                "{\"commands\":{\"run\":{\"args\":{\"pattern\":\"(?=x)\"}}}} | /commands/run/args/pattern",
                "{\"defaultDesiredState\":[]} | /defaultDesiredState",
                "{\"defaultDesiredState\":{\"n\":1e999}} | /defaultDesiredState",
                "{\"offlineAfter\":0} | /offlineAfter",
                "{\"payloadFormat\":\"xml\"} | /payloadFormat",
            })
    void whatIsNotAllowedIsPointedAt(String body, String pointer) {
        api.put(path("pointed"), TYPE);
        for (Api.Answer answer : new Api.Answer[] {api.put(path("pointed"), body), api.patch(path("pointed"), body)}) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        }
    }

    @Test
    void aChangeOnTheGroundOfAnOldVersionIsRefused() {
        api.put(path("stale"), TYPE);
        assertThat(api.put(path("stale"), "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(api.patch(path("stale"), "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(api.delete(path("stale"), "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(api.put(path("not-there"), "{}", "If-Match", "*").status()).isEqualTo(412);
    }

    @Test
    void everyTenantHasTheGenericTypeAndNoneChangesIt() {
        assertThat(api.get(path("generic")).json().at("/streams").isEmpty()).isTrue();
        assertThat(api.get("/api/v1/device-types").text()).contains("\"id\":\"generic\"");
        assertThat(api.put(path("generic"), TYPE).problem()).isEqualTo("device-type-built-in");
        assertThat(api.patch(path("generic"), "{}").problem()).isEqualTo("device-type-built-in");
        assertThat(api.delete(path("generic")).problem()).isEqualTo("device-type-built-in");
    }

    @Test
    void aTypeInUseIsNotDeletedAndVersionsGoOnAfterDeletion() {
        api.put(path("used"), TYPE);
        api.put("/api/v1/devices/user", "{\"type\":\"used\"}");
        assertThat(api.delete(path("used")).problem()).isEqualTo("device-type-in-use");

        api.delete("/api/v1/devices/user");
        assertThat(api.delete(path("used")).status()).isEqualTo(204);
        assertThat(api.get(path("used")).problem()).isEqualTo("device-type-not-found");
        assertThat(api.put(path("used"), TYPE).eTag()).isEqualTo("\"3\"");
    }

    @Test
    void typesOfAnotherTenantDoNotExist() {
        api.put(path("mine"), TYPE);
        Api other = Api.asPlatformAdmin(port, tokens).withTenant("types-2");
        assertThat(other.get(path("mine")).status()).isEqualTo(404);
        assertThat(other.get("/api/v1/device-types").json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void aTenantGoesWithItsTypes() {
        Api.asPlatformAdmin(port, tokens).withTenant("types-3").put(path("pump"), TYPE);
        assertThat(Api.asPlatformAdmin(port, tokens)
                        .delete("/api/v1/tenants/types-3")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | {\"rpm\":0} | /args/rpm",
                "run | {\"rpm\":\"1\"} | /args/rpm",
                "run | {\"rpm\":1,\"x\":1} | /args",
                "run | {} | /args",
                "run | | /args",
                "run | 7 | /args",
            })
    void argumentsThatTheTypeDoesNotTakeAreRefused(String command, @Nullable String args, String pointer) {
        api.put(path("checked"), TYPE);
        api.put("/api/v1/devices/strict", "{\"type\":\"checked\"}");
        Api.Answer answer = give("strict", command, args);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strict-2 | run | {\"rpm\":1}",
                "strict-2 | stop | {\"anything\":true}",
                "strict-2 | undeclared | [1]",
                "unknown-type | run | {\"rpm\":\"x\"}",
            })
    void otherArgumentsAreTaken(String device, String command, String args) {
        api.put(path("checked"), TYPE);
        api.put("/api/v1/devices/strict-2", "{\"type\":\"checked\"}");
        api.put("/api/v1/devices/unknown-type", "{\"type\":\"nobody-described-it\"}");
        assertThat(give(device, command, args).status()).isEqualTo(201);
    }

    @Test
    void aNewDeviceBeginsWithTheDesiredStateOfItsType() {
        api.put(path("begins"), TYPE);
        api.put("/api/v1/devices/beginner", "{\"type\":\"begins\"}");
        var desired = api.get("/api/v1/devices/beginner/state").json().at("/desired");
        assertThat(desired.at("/version").intValue()).isEqualTo(1);
        assertThat(desired.at("/state/interval").intValue()).isEqualTo(60);

        api.patch(path("begins"), "{\"defaultDesiredState\":{\"interval\":5}}");
        api.patch("/api/v1/devices/beginner", "{\"name\":\"Again\"}");
        assertThat(api.get("/api/v1/devices/beginner/state")
                        .json()
                        .at("/desired/version")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aCommandToAnUnknownDeviceIsStillNotFound() {
        assertThat(give("nobody", "run", "{}").status()).isEqualTo(404);
    }

    @Test
    void eachChangeIsAnEvent() {
        api.put(path("told"), TYPE);
        api.patch(path("told"), "{\"name\":null}");
        api.delete(path("told"));
        assertThat(jdbc.sql("""
                                SELECT type || ' ' || (payload::jsonb ->> 'version') FROM outbox
                                WHERE payload::jsonb ->> 'type' = 'told' ORDER BY id""").query(String.class).list())
                .containsExactly("devicetype.updated.v1 1", "devicetype.updated.v1 2", "devicetype.deleted.v1 3");
    }

    private Api.Answer give(String device, String command, @Nullable String args) {
        String body = args == null ? "" : ",\"args\":" + args;
        return api.as("types", "operator")
                .post("/api/v1/devices/" + device + "/commands", "{\"name\":\"" + command + "\"" + body + "}");
    }

    private static String path(String type) {
        return "/api/v1/device-types/" + type;
    }
}
