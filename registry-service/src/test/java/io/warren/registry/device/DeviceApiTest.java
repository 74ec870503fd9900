package io.warren.registry.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class DeviceApiTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void connect() {
        api = Api.asPlatformAdmin(port, tokens).withTenant("acme");
    }

    @Test
    void aDeviceIsRegisteredAndReadBack() {
        Api.Answer created = api.put("/api/v1/devices/pump-17", """
                {"name":"Pump 17","tags":{"site":"lyon"},"identifiers":{"serial":"A-1"}}""");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.eTag()).isEqualTo("\"1\"");
        var device = api.get("/api/v1/devices/pump-17").json();
        assertThat(device.at("/id").asString()).isEqualTo("pump-17");
        assertThat(device.at("/type").asString()).isEqualTo("generic");
        assertThat(device.at("/tags/site").asString()).isEqualTo("lyon");
        assertThat(device.at("/identifiers/serial").asString()).isEqualTo("A-1");
        assertThat(device.at("/enabled").booleanValue()).isTrue();
        assertThat(device.at("/connected").booleanValue()).isFalse();
        assertThat(device.has("lastSeenAt")).isFalse();
        assertThat(device.at("/createdAt").asString()).isNotEmpty();
    }

    @Test
    void puttingTheSameAgainChangesNothing() {
        api.put("/api/v1/devices/same", "{\"tags\":{\"a\":\"1\"}}");
        Api.Answer again = api.put("/api/v1/devices/same", "{\"tags\":{\"a\":\"1\"}}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.eTag()).isEqualTo("\"1\"");
    }

    @Test
    void whatWasReadCanBePutBack() {
        String read = api.put("/api/v1/devices/echo", "{\"name\":\"Echo\"}").text();
        assertThat(api.put("/api/v1/devices/echo", read).eTag()).isEqualTo("\"1\"");
    }

    @Test
    void putReplacesAndPatchMerges() {
        api.put("/api/v1/devices/merge", "{\"name\":\"Old\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}}");

        var patched = api.patch("/api/v1/devices/merge", "{\"name\":null,\"tags\":{\"a\":null,\"c\":\"3\"}}")
                .json();
        assertThat(patched.has("name")).isFalse();
        assertThat(patched.at("/tags").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(patched.at("/version").longValue()).isEqualTo(2);

        var put = api.put("/api/v1/devices/merge", "{\"name\":\"New\"}").json();
        assertThat(put.at("/tags").isEmpty()).isTrue();
    }

    @Test
    void puttingADescriptionDoesNotLetADisabledDeviceInAgain() {
        api.put("/api/v1/devices/stays-out", "{\"enabled\":false}");
        assertThat(api.put("/api/v1/devices/stays-out", "{\"name\":\"Renamed\"}")
                        .json()
                        .at("/enabled")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aChangeOnTheGroundOfAnOldVersionIsRefused() {
        api.put("/api/v1/devices/stale", "{}");
        api.patch("/api/v1/devices/stale", "{\"name\":\"one\"}", "If-Match", "\"1\"");

        assertThat(api.patch("/api/v1/devices/stale", "{\"name\":\"two\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(api.put("/api/v1/devices/stale", "{}", "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(api.delete("/api/v1/devices/stale", "If-Match", "\"1\"").status())
                .isEqualTo(412);
        for (String tag : new String[] {"*", "\"0\"", "\"1\""}) {
            assertThat(api.put("/api/v1/devices/not-there", "{}", "If-Match", tag)
                            .status())
                    .isEqualTo(412);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\"}",
                "{\"tags\":{\"a\":\"\\u0000\"}}",
                "{\"identifiers\":{\"a\":\"\\u0000\"}}"
            })
    void aCharacterThatCannotBeKeptIsInvalid(String description) {
        api.put("/api/v1/devices/nul", "{}");
        assertThat(api.put("/api/v1/devices/nul", description).problem()).isEqualTo("invalid");
        assertThat(api.patch("/api/v1/devices/nul", description).problem()).isEqualTo("invalid");
        assertThat(api.put("/api/v1/devices/nul-new", description).problem()).isEqualTo("invalid");
        assertThat(api.get("/api/v1/devices?cursor=AA").problem()).isEqualTo("invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"tags\":{\"a.b/c\":\"x\"}}', /tags/a.b~1c",
        "'{\"identifiers\":{\"serial\":\"\"}}', /identifiers/serial",
        "'{\"type\":\"No Type\"}', /type"
    })
    void whatIsNotAllowedIsPointedAt(String description, String pointer) {
        api.put("/api/v1/devices/pointed", "{}");
        assertThat(api.put("/api/v1/devices/pointed", description)
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo(pointer);
        assertThat(api.patch("/api/v1/devices/pointed", description)
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo(pointer);
    }

    @Test
    void versionsGoOnWhenADeviceComesAgain() {
        api.put("/api/v1/devices/phoenix", "{}");
        api.patch("/api/v1/devices/phoenix", "{\"name\":\"x\"}");
        assertThat(api.delete("/api/v1/devices/phoenix").status()).isEqualTo(204);
        assertThat(api.get("/api/v1/devices/phoenix").status()).isEqualTo(404);

        assertThat(api.put("/api/v1/devices/phoenix", "{}").eTag()).isEqualTo("\"4\"");
    }

    @Test
    void manyWhoPutTheSameDeviceAtOnceMakeOne() throws Exception {
        List<Callable<Integer>> puts = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        _ -> () -> api.put("/api/v1/devices/raced", "{}").status())
                .toList();
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var put : threads.invokeAll(puts)) {
                statuses.add(put.get());
            }
        }
        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
    }

    @Test
    void devicesAreListedInOrderPageByPage() {
        Api other = api.withTenant("lister");
        for (String id : List.of("b", "a", "C", "d")) {
            other.put("/api/v1/devices/" + id, "{}");
        }

        var first = other.get("/api/v1/devices?limit=3").json();
        var second = other.get(
                        "/api/v1/devices?limit=3&cursor=" + first.at("/next").asString())
                .json();

        assertThat(first.at("/items"))
                .extracting(item -> item.at("/id").asString())
                .containsExactly("C", "a", "b");
        assertThat(second.at("/items"))
                .extracting(item -> item.at("/id").asString())
                .containsExactly("d");
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/devices?limit=0                   | 422",
                "/api/v1/devices?limit=501                 | 422",
                "/api/v1/devices?limit=many                | 400",
                "/api/v1/devices?cursor=garbage%20here     | 422"
            })
    void aListAskedForWronglyIsRefused(String path, int status) {
        assertThat(api.get(path).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"No Type\"}",
                "{\"name\":\"\"}",
                "{\"tags\":{\"a.b\":\"1\"}}",
                "{\"tags\":{\"a\":null}}",
                "{\"tags\":{\"a\":{\"b\":1}}}",
                "{\"tags\":[]}",
                "{\"enabled\":\"perhaps\"}",
                "{\"unknown\":1}",
                "[]"
            })
    void aDescriptionThatIsNotAllowedIsRefusedWithThePlace(String body) {
        Api.Answer answer = api.put("/api/v1/devices/refused", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors").size()).isPositive();
        assertThat(api.get("/api/v1/devices/refused").status()).isEqualTo(404);
    }

    @Test
    void tooManyTagsAreRefused() {
        StringBuilder tags = new StringBuilder("\"t0\":\"\"");
        IntStream.rangeClosed(1, 64).forEach(i -> tags.append(",\"t").append(i).append("\":\"\""));
        assertThat(api.put("/api/v1/devices/tagged", "{\"tags\":{" + tags + "}}")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tags\":{\"a b\":\"1\"}}", "{\"name\":[7]}", "{\"enabled\":\"x\"}", "{\"other\":1}"})
    void aPatchThatLeadsNowhereIsRefused(String patch) {
        api.put("/api/v1/devices/patched", "{}");
        Api.Answer answer = api.patch("/api/v1/devices/patched", patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(api.get("/api/v1/devices/patched").eTag()).isEqualTo("\"1\"");
    }

    @Test
    void aPatchIsAnObject() {
        api.put("/api/v1/devices/patched2", "{}");
        assertThat(api.patch("/api/v1/devices/patched2", "[1]").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a%2Fb", "%20", "caf%C3%A9", "a@b"})
    void anIdOutsideTheGrammarIsNoDevice(String id) {
        assertThat(api.put("/api/v1/devices/" + id, "{}").status()).isIn(400, 404, 422);
    }

    @Test
    void aDeviceOfATenantThatDoesNotExistIsRefused() {
        Api.Answer answer = api.as("nobody", "integrator").put("/api/v1/devices/d", "{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("tenant-not-found");
    }

    @Test
    void anotherTenantsDeviceIsNotThere() {
        api.put("/api/v1/devices/mine", "{\"name\":\"Mine\"}");
        String credential = api.post("/api/v1/devices/mine/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/id")
                .asString();
        Api thief = api.withTenant("thieves").as("thieves", "admin");

        assertThat(thief.get("/api/v1/devices/mine").problem()).isEqualTo("device-not-found");
        assertThat(thief.patch("/api/v1/devices/mine", "{\"enabled\":false}").status())
                .isEqualTo(404);
        assertThat(thief.delete("/api/v1/devices/mine").status()).isEqualTo(404);
        assertThat(thief.get("/api/v1/devices/mine/credentials").status()).isEqualTo(404);
        assertThat(thief.post("/api/v1/devices/mine/credentials", "{\"kind\":\"secret\"}")
                        .status())
                .isEqualTo(404);
        assertThat(thief.delete("/api/v1/devices/mine/credentials/" + credential)
                        .status())
                .isEqualTo(404);
        assertThat(thief.get("/api/v1/devices").json().at("/items").isEmpty()).isTrue();

        // a device of the same id is another device
        assertThat(thief.put("/api/v1/devices/mine", "{}").status()).isEqualTo(201);
        assertThat(api.get("/api/v1/devices/mine").json().at("/name").asString())
                .isEqualTo("Mine");
    }

    @Test
    void whoMayOnlyReadOnlyReads() {
        api.put("/api/v1/devices/read-only", "{}");
        for (String role : List.of("viewer", "operator")) {
            Api reader = api.as("acme", role);
            assertThat(reader.get("/api/v1/devices/read-only").status()).isEqualTo(200);
            assertThat(reader.put("/api/v1/devices/read-only", "{}").status()).isEqualTo(403);
            assertThat(reader.patch("/api/v1/devices/read-only", "{}").status()).isEqualTo(403);
            assertThat(reader.delete("/api/v1/devices/read-only").status()).isEqualTo(403);
            assertThat(reader.post("/api/v1/devices/read-only/credentials", "{\"kind\":\"secret\"}")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aDeviceSeesNothingHere() {
        api.put("/api/v1/devices/self", "{}");
        Api device = api.as("acme", "device");
        assertThat(device.get("/api/v1/devices/self").status()).isEqualTo(403);
        assertThat(device.get("/api/v1/devices").status()).isEqualTo(403);
        assertThat(device.get("/api/v1/devices/self/credentials").status()).isEqualTo(403);
    }

    @Test
    void aPlatformKeyNamesATenantFirst() {
        Api.Answer answer = api.as(null, "platform-admin").get("/api/v1/devices");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("tenant-required");
    }
}
