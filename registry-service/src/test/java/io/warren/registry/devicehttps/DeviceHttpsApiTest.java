package io.warren.registry.devicehttps;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RegistryTest
class DeviceHttpsApiTest {

    private static final Executor THREADS = Thread::startVirtualThread;
    private static final String COMMANDS = "/api/v1/devices/pump/commands";

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private final String tenant = "h-" + UUID.randomUUID().toString().substring(0, 8);
    Api integrator;
    Api operator;
    Api device;
    Api other;

    @BeforeEach
    void makeDevices() {
        integrator = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        operator = integrator.as(tenant, "operator");
        integrator.put("/api/v1/devices/pump", "{}");
        integrator.put("/api/v1/devices/valve", "{}");
        device = integrator.asDevice("pump", tenant);
        other = integrator.asDevice("valve", tenant);
    }

    @Test
    void aDeviceReadsWhatIsDesiredAndReportsWhatIs() {
        operator.patch("/api/v1/devices/pump/state/desired", "{\"interval\":30}");

        Api.Answer reported = device.patch("/device/v1/state/reported", "{\"interval\":30,\"battery\":82}");
        Api.Answer state = device.get("/device/v1/state");

        assertThat(reported.json().at("/version").asLong()).isEqualTo(1);
        assertThat(state.json().at("/desired/state/interval").asInt()).isEqualTo(30);
        assertThat(state.json().at("/reported/state/battery").asInt()).isEqualTo(82);
        assertThat(state.eTag()).isEqualTo("\"1-1\"");
        assertThat(integrator
                        .get("/api/v1/devices/pump/state")
                        .json()
                        .at("/inSync")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aReportThatCannotBeIsRefusedAsOverMqtt() {
        assertThat(device.patch("/device/v1/state/reported", "[1]").status()).isEqualTo(400);
        assertThat(device.patch("/device/v1/state/reported", "{\"a\":\"" + "x".repeat(40_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(device.get("/device/v1/state").json().at("/reported/version").asLong())
                .isZero();
    }

    @Test
    void aCommandIsFetchedUntilItIsAnsweredAndNoLonger() {
        String id = give("identify", "{\"seconds\":5}");

        for (int time = 0; time < 2; time++) {
            JsonNode items = device.get("/device/v1/commands").json().at("/items");
            assertThat(items.size()).isEqualTo(1);
            assertThat(items.at("/0/id").asString()).isEqualTo(id);
            assertThat(items.at("/0/name").asString()).isEqualTo("identify");
            assertThat(items.at("/0/args/seconds").asInt()).isEqualTo(5);
        }
        assertThat(state(id)).isEqualTo("sent");
        assertThat(device.post("/device/v1/commands/" + id, "{\"status\":\"succeeded\",\"result\":{\"ok\":true}}")
                        .status())
                .isEqualTo(204);

        assertThat(device.get("/device/v1/commands").json().at("/items").isEmpty())
                .isTrue();
        assertThat(state(id)).isEqualTo("succeeded");
    }

    @Test
    void commandsComeInTheOrderInWhichTheyWereGiven() {
        List<String> given = List.of(give("a", "{}"), give("b", "{}"), give("c", "{}"));

        JsonNode items = device.get("/device/v1/commands").json().at("/items");

        assertThat(items.values().stream().map(item -> item.at("/id").asString()))
                .containsExactlyElementsOf(given);
    }

    @Test
    void aCommandThatIsGivenWhileTheDeviceWaitsEndsTheWait() {
        CompletableFuture<Api.Answer> waiting =
                CompletableFuture.supplyAsync(() -> device.get("/device/v1/commands?wait=60"), THREADS);

        String id = give("identify", "{}");

        assertThat(waiting.join().json().at("/items/0/id").asString()).isEqualTo(id);
    }

    @Test
    void nothingIsFetchedOrAnsweredOfAnotherDevice() {
        String id = give("identify", "{}");

        assertThat(other.get("/device/v1/commands").json().at("/items").isEmpty())
                .isTrue();
        assertThat(other.post("/device/v1/commands/" + id, "{\"status\":\"succeeded\"}")
                        .problem())
                .isEqualTo("command-not-found");
        assertThat(integrator
                        .asDevice("pump", "another")
                        .post("/device/v1/commands/" + id, "{\"status\":\"succeeded\"}")
                        .problem())
                .isEqualTo("command-not-found");
        assertThat(state(id)).isEqualTo("queued");
    }

    @Test
    void anAnswerThatCannotBeIsRefused() {
        String id = give("identify", "{}");

        assertThat(device.post("/device/v1/commands/" + id, "{\"status\":\"done\"}")
                        .status())
                .isEqualTo(422);
        assertThat(device.post(
                                "/device/v1/commands/" + id,
                                "{\"status\":\"succeeded\",\"result\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(device.post("/device/v1/commands/none", "{\"status\":\"succeeded\"}")
                        .status())
                .isEqualTo(400);
        assertThat(device.get("/device/v1/commands?wait=61").status()).isEqualTo(422);
    }

    @Test
    void nobodyButADeviceFetches() {
        for (Api somebody : List.of(integrator, operator, integrator.as(tenant, "admin"))) {
            assertThat(somebody.get("/device/v1/commands").status()).isEqualTo(403);
            assertThat(somebody.get("/device/v1/state").status()).isEqualTo(403);
        }
    }

    private String give(String name, String args) {
        return operator.post(COMMANDS, "{\"name\":\"" + name + "\",\"args\":" + args + "}")
                .json()
                .at("/id")
                .asString();
    }

    private String state(String id) {
        return integrator.get(COMMANDS + "/" + id).json().at("/state").asString();
    }
}
