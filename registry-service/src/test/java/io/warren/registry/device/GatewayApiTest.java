package io.warren.registry.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class GatewayApiTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    LockWaits locks;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void connect() {
        api = Api.asPlatformAdmin(port, tokens).withTenant("edges");
        api.put("/api/v1/devices/edge", "{}");
    }

    @Test
    void aDeviceSitsBehindAnotherUntilItDoesNot() {
        assertThat(seat("sensor", "edge").status()).isEqualTo(201);
        assertThat(api.get("/api/v1/devices/sensor").json().at("/gateway").asString())
                .isEqualTo("edge");
        assertThat(seat("sensor", "edge").eTag()).isEqualTo("\"1\"");
        assertThat(api.patch("/api/v1/devices/sensor", "{\"gateway\":null}")
                        .json()
                        .has("gateway"))
                .isFalse();
    }

    @Test
    void thereIsOneLevelAndNoCircle() {
        seat("inner", "edge");
        assertThat(pointer(seat("innermost", "inner"))).isEqualTo("/gateway");
        assertThat(pointer(seat("edge", "inner"))).isEqualTo("/gateway");
        assertThat(pointer(seat("self", "self"))).isEqualTo("/gateway");
        api.put("/api/v1/devices/free", "{}");
        assertThat(pointer(seat("edge", "free"))).isEqualTo("/gateway");
        assertThat(pointer(api.patch("/api/v1/devices/free", "{\"gateway\":\"free\"}")))
                .isEqualTo("/gateway");
    }

    @Test
    void aGatewayIsADeviceOfTheSameTenant() {
        assertThat(pointer(seat("lost", "nobody"))).isEqualTo("/gateway");
        assertThat(pointer(seat("lost", "no.id"))).isEqualTo("/gateway");
        Api other = Api.asPlatformAdmin(port, tokens).withTenant("edges-2");
        assertThat(pointer(other.put("/api/v1/devices/lost", "{\"gateway\":\"edge\"}")))
                .isEqualTo("/gateway");
        assertThat(other.get("/api/v1/devices/lost").status()).isEqualTo(404);
    }

    @Test
    void namesThatWouldNotFitIntoATopicAreRefused() {
        api.put("/api/v1/devices/" + "g".repeat(64), "{}");
        assertThat(seat("s".repeat(61), "g".repeat(64)).status()).isEqualTo(201);
        assertThat(pointer(seat("s".repeat(62), "g".repeat(64)))).isEqualTo("/gateway");
    }

    @Test
    void aGatewayStaysWhileThereAreDevicesBehindIt() {
        api.put("/api/v1/devices/kept", "{}");
        seat("behind", "kept");
        assertThat(api.delete("/api/v1/devices/kept").problem()).isEqualTo("gateway-in-use");
        api.delete("/api/v1/devices/behind");
        assertThat(api.delete("/api/v1/devices/kept").status()).isEqualTo(204);
    }

    @Test
    void aNewDeviceBehindAConnectedGatewayIsToldWhatItsTypeBeginsWith() {
        api.put("/api/v1/device-types/metered", "{\"defaultDesiredState\":{\"interval\":30}}");
        api.put("/api/v1/devices/away", "{}");
        jdbc.sql("UPDATE presence SET connected = true WHERE tenant = 'edges' AND device = 'edge'")
                .update();
        api.put("/api/v1/devices/told", "{\"type\":\"metered\",\"gateway\":\"edge\"}");
        api.put("/api/v1/devices/untold", "{\"type\":\"metered\",\"gateway\":\"away\"}");
        assertThat(jdbc.sql("""
                        SELECT device FROM device_state
                        WHERE tenant = 'edges' AND device IN ('told', 'untold') AND send_at IS NOT NULL""").query(String.class).list()).containsExactly("told");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"gateway\":\"edge\"}",
                "{\"gateway\":\"edge\",\"name\":\"other\"}",
                "{\"gateway\":null,\"name\":\"other\"}"
            })
    void whoSeatsADeviceAndWhoHoldsManyDoNotWaitForEachOther(String description) {
        api.put("/api/v1/devices/loose", "{}");
        seat("seated", "edge");
        for (String device : List.of("fresh", "loose", "seated")) {
            assertThat(whileHeldWithTheGateway(device, () -> api.put("/api/v1/devices/" + device, description)))
                    .isLessThan(300);
        }
        api.put("/api/v1/devices/loose", "{}");
        for (String device : List.of("loose", "seated")) {
            assertThat(whileHeldWithTheGateway(device, () -> api.patch("/api/v1/devices/" + device, description)))
                    .isEqualTo(200);
        }
    }

    /** Locks gateway and device one after the other, as an import does, and has a call come in between. */
    private int whileHeldWithTheGateway(String device, Supplier<Api.Answer> call) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        transactions.executeWithoutResult(_ -> {
            lock("edge");
            status.completeAsync(() -> call.get().status());
            await().until(() -> status.isDone() || locks.isSomebodyWaiting());
            lock(device);
        });
        return status.join();
    }

    private void lock(String device) {
        jdbc.sql("SELECT id FROM device WHERE tenant = 'edges' AND id = ? FOR NO KEY UPDATE")
                .param(device)
                .query(String.class)
                .optional();
    }

    private Api.Answer seat(String device, String gateway) {
        return api.put("/api/v1/devices/" + device, "{\"gateway\":\"" + gateway + "\"}");
    }

    private static String pointer(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(422);
        return answer.json().at("/errors/0/pointer").asString();
    }
}
