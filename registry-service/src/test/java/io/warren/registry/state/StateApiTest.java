package io.warren.registry.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RegistryTest
class StateApiTest {

    private static final String STATE = "/api/v1/devices/pump/state";
    private static final String DESIRED = STATE + "/desired";
    private static final String HISTORY = STATE + "/history";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    String tenant = "";

    @SuppressWarnings("NullAway.Init")
    Api api;

    @BeforeEach
    void makeADevice() {
        tenant = "s-" + UUID.randomUUID().toString().substring(0, 8);
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{}");
    }

    @Test
    void aDeviceBeginsWithNothingDesiredAndNothingReported() {
        Api.Answer answer = api.get(STATE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.eTag()).isEqualTo("\"0-0\"");
        assertThat(answer.text())
                .isEqualTo("{\"desired\":{\"version\":0,\"state\":{}},\"reported\":{\"version\":0,\"state\":{}},"
                        + "\"inSync\":true,\"delta\":{}}");
    }

    @Test
    void whatIsDesiredIsPatchedAndReplaced() {
        Api.Answer patched = api.patch(DESIRED, "{\"interval\":30,\"led\":{\"colour\":\"red\",\"on\":true}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.eTag()).isEqualTo("\"1-0\"");
        assertThat(patched.json().at("/inSync").asBoolean()).isFalse();
        assertThat(patched.json().at("/delta/led/on").asBoolean()).isTrue();

        JsonNode again = api.patch(DESIRED, "{\"led\":{\"colour\":null}}").json();
        assertThat(again.at("/desired/state").toString()).isEqualTo("{\"led\":{\"on\":true},\"interval\":30}");
        assertThat(again.at("/desired/version").asLong()).isEqualTo(2);

        JsonNode replaced =
                api.put(DESIRED, "{\"mode\":\"eco\",\"nothing\":null}").json();
        assertThat(replaced.at("/desired/state").toString()).isEqualTo("{\"mode\":\"eco\"}");
        assertThat(replaced.at("/desired/version").asLong()).isEqualTo(3);
        assertThat(api.get(STATE).json()).isEqualTo(replaced);
    }

    @Test
    void whatChangesNothingIsNoChange() {
        api.patch(DESIRED, "{\"interval\":30}");
        JsonNode same = api.patch(DESIRED, "{\"interval\":30.0,\"other\":null}").json();
        assertThat(same.at("/desired/version").asLong()).isEqualTo(1);
        assertThat(api.get(HISTORY).json().at("/items").size()).isEqualTo(1);
        assertThat(events()).containsExactly("state.desired.v1");
    }

    @Test
    void ofEditorsThatSawTheSameVersionOneChangesIt() {
        String seen = api.patch(DESIRED, "{\"editor\":0}").eTag();
        List<Integer> statuses = List.of(1, 2, 3, 4).stream()
                .map(editor -> CompletableFuture.supplyAsync(
                        () -> api.patch(DESIRED, "{\"editor\":" + editor + "}", "If-Match", seen)
                                .status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(200, 412, 412, 412);
        assertThat(api.patch(DESIRED, "{\"editor\":9}", "If-Match", "\"2\"").status())
                .isEqualTo(200);
        assertThat(api.patch(DESIRED, "{\"editor\":9}", "If-Match", "\"2-0\"").problem())
                .isEqualTo("stale");
    }

    @Test
    void aDeviceThatReportsDoesNotHinderWhoEditsWhatIsDesired() {
        String seen = api.patch(DESIRED, "{\"a\":1}").eTag();
        assertThat(api.patch(DESIRED, "{\"a\":2}", "If-Match", seen.replace("-0", "-7"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        Api other = api.as("t-" + tenant, "admin");
        assertThat(other.get(STATE).problem()).isEqualTo("device-not-found");
        assertThat(other.patch(DESIRED, "{\"a\":1}").problem()).isEqualTo("device-not-found");
        assertThat(other.get(HISTORY).problem()).isEqualTo("device-not-found");
        assertThat(other.get(HISTORY + "?at=2026-11-20T00:00:00Z").status()).isEqualTo(404);
        assertThat(api.as(tenant, "viewer").patch(DESIRED, "{\"a\":1}").status())
                .isEqualTo(403);
        assertThat(api.as(tenant, "operator").patch(DESIRED, "{\"a\":1}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "null", "{\"a\":", ""})
    void whatIsNoObjectIsMalformed(String body) {
        assertThat(api.patch(DESIRED, body).status()).isEqualTo(400);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        Api.Answer nul = api.patch(DESIRED, "{\"a\":{\"b\":\"\\u0000\"}}");
        assertThat(nul.status()).isEqualTo(422);
        assertThat(nul.json().at("/errors/0/pointer").asString()).isEqualTo("/a/b");
        api.patch(DESIRED, "{\"a\":\"" + "x".repeat(20_000) + "\"}");
        assertThat(api.patch(DESIRED, "{\"b\":\"" + "x".repeat(20_000) + "\"}").problem())
                .isEqualTo("document-too-large");
        assertThat(api.patch(DESIRED, "{\"a\":1e400}").status()).isEqualTo(422);
        assertThat(api.patch(DESIRED, "{\"a\":1,\"a\":2}").status()).isEqualTo(422);
        assertThat(api.patch(DESIRED, "{\"a\":1.50}").text())
                .contains("\"desired\":{\"version\":2,\"state\":{\"a\":1.50}");
    }

    @Test
    void changesAreListedTheNewestFirst() {
        for (int value = 1; value <= 5; value++) {
            api.patch(DESIRED, "{\"value\":" + value + "}");
        }
        JsonNode first = api.get(HISTORY + "?limit=3").json();
        assertThat(first.at("/items")
                        .valueStream()
                        .map(item -> item.at("/version").asInt()))
                .containsExactly(5, 4, 3);
        assertThat(first.at("/items/0/patch").toString()).isEqualTo("{\"value\":5}");
        assertThat(first.at("/items/0/side").asString()).isEqualTo("desired");
        assertThat(first.at("/items/0/by").asString()).isNotEmpty();
        JsonNode second = api.get(
                        HISTORY + "?limit=3&cursor=" + first.at("/next").asString())
                .json();
        assertThat(second.at("/items")
                        .valueStream()
                        .map(item -> item.at("/version").asInt()))
                .containsExactly(2, 1);
        assertThat(second.has("next")).isFalse();
        assertThat(api.get(HISTORY + "?cursor=nonsense").status()).isEqualTo(422);
    }

    @Test
    void aPageOfLargeChangesEndsEarlyAndNoneIsLeftOut() {
        jdbc.sql("INSERT INTO device_state (tenant, device) VALUES (?, 'pump')")
                .param(tenant)
                .update();
        jdbc.sql("""
                        INSERT INTO device_state_change (tenant, device, number, side, version, patch, way_back, changed_at,
                                                         changed_by)
                        SELECT ?, 'pump', number, 'reported', number,
                               jsonb_build_object('text', repeat('x', 30000), 'number', number), '{}', now(), 'device'
                        FROM generate_series(1, 100) AS number""").param(tenant).update();
        List<Integer> versions = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(HISTORY + "?limit=500&cursor=" + cursor).json();
            assertThat(page.at("/items").size()).isBetween(1, 36);
            page.at("/items").forEach(item -> versions.add(item.at("/version").asInt()));
            cursor = page.at("/next").asString("");
        } while (!cursor.isEmpty());
        assertThat(versions)
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList().reversed());
    }

    @Test
    void theStateIsShownAsItWas() {
        api.patch(DESIRED, "{\"value\":1}");
        String between = api.patch(DESIRED, "{\"value\":2,\"more\":true}")
                .json()
                .at("/desired/at")
                .asString();
        api.put(DESIRED, "{}");
        JsonNode then = api.get(HISTORY + "?at=" + between).json();
        assertThat(then.at("/desired/version").asLong()).isEqualTo(2);
        assertThat(then.at("/desired/state").toString()).isEqualTo("{\"more\":true,\"value\":2}");
        assertThat(api.get(HISTORY + "?at=9999-12-31T00:00:00Z")
                        .json()
                        .at("/desired/version")
                        .asLong())
                .isEqualTo(3);
        assertThat(api.get(HISTORY + "?at=2020-01-01T00:00:00Z").problem()).isEqualTo("invalid");
        assertThat(api.get(HISTORY + "?at=yesterday").status()).isEqualTo(400);
    }

    @Test
    void versionsGoOnGrowingWhenADeletedDevicesIdComesAgain() {
        api.patch(DESIRED, "{\"value\":1}");
        api.patch(DESIRED, "{\"value\":2}");
        api.delete("/api/v1/devices/pump");
        assertThat(api.get(STATE).status()).isEqualTo(404);
        api.put("/api/v1/devices/pump", "{}");
        JsonNode fresh = api.get(STATE).json();
        assertThat(fresh.at("/desired/version").asLong()).isEqualTo(3);
        assertThat(fresh.at("/desired/state").toString()).isEqualTo("{}");
        assertThat(api.get(HISTORY).json().at("/items").size()).isZero();
        assertThat(api.patch(DESIRED, "{\"value\":3}")
                        .json()
                        .at("/desired/version")
                        .asLong())
                .isEqualTo(4);
        api.delete("/api/v1/devices/pump");
        api.put("/api/v1/devices/pump", "{}");
        assertThat(api.get(STATE).json().at("/desired/version").asLong()).isEqualTo(5);
    }

    private List<String> events() {
        return jdbc.sql(
                        "SELECT type FROM outbox WHERE type LIKE 'state.%' AND payload::jsonb ->> 'tenant' = ? ORDER BY id")
                .param(tenant)
                .query((row, _) -> row.getString("type"))
                .list();
    }
}
