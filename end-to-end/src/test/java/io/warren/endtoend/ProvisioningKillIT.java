package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service that is killed while devices get their identity: each gets one, and the same however often it asks. */
@EndToEnd
class ProvisioningKillIT {

    private static final int DEVICES = 60;
    private static final int AT_ONCE = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Platform platform;
    private final Script script;
    private final Tenant tenant;
    private final ExecutorService devices = Executors.newFixedThreadPool(AT_ONCE);

    ProvisioningKillIT(Platform platform) {
        this.platform = platform;
        script = platform.script();
        tenant = platform.newTenant();
    }

    @AfterEach
    void allIsUpAgain() {
        devices.shutdownNow();
        script.succeed("up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provisioning-service", "registry-service"})
    void killedBetweenIssuingAndAnsweringNothingIsIssuedTwice(String victim) {
        FactoryGroup group = FactoryGroup.create(tenant, "pumps", "{}");
        List<ObjectNode> requests = IntStream.range(0, DEVICES)
                .mapToObj(number -> group.request("pump-" + number)
                        .put("csr", SigningRequest.make().base64()))
                .toList();
        AtomicInteger in = new AtomicInteger();
        List<CompletableFuture<JsonNode>> answers = requests.stream()
                .map(request -> CompletableFuture.supplyAsync(() -> boot(request, in), devices))
                .toList();
        await().atMost(PATIENCE).until(() -> in.get() >= DEVICES / 4);

        script.status().kill(victim);
        script.succeed("up");

        List<JsonNode> identities =
                answers.stream().map(CompletableFuture::join).toList();
        assertThat(devicesKnown()).isEqualTo(DEVICES);
        CompletableFuture.allOf(IntStream.range(0, DEVICES)
                        .mapToObj(number -> CompletableFuture.runAsync(
                                () -> assertHasOneIdentity(number, requests.get(number), identities.get(number)),
                                devices))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void assertHasOneIdentity(int number, ObjectNode request, JsonNode identity) {
        assertThat(items("/api/v1/certificates?device=pump-" + number)).hasSize(1);
        assertThat(items("/api/v1/devices/pump-" + number + "/credentials")).hasSize(1);
        assertThat(boot(request, new AtomicInteger()).get("credentials")).isEqualTo(identity.get("credentials"));
    }

    /** Asks until it has an answer, as a device does. */
    private JsonNode boot(ObjectNode request, AtomicInteger in) {
        Answer answer = await().atMost(PATIENCE)
                .ignoreException(UncheckedIOException.class)
                .until(() -> platform.anonymous().post("/bootstrap/v1/register", request.toString()), got -> {
                    assertThat(got.status()).as(got.toString()).isIn(200, 502, 503, 504);
                    return got.status() == 200;
                });
        in.incrementAndGet();
        return answer.json();
    }

    private int devicesKnown() {
        return tenant.rest()
                .post("/api/v1/devices:query", "{\"groupBy\": \"device.type\"}")
                .expect(200)
                .json()
                .get("total")
                .intValue();
    }

    private JsonNode items(String path) {
        return tenant.rest().get(path).expect(200).json().get("items");
    }
}
