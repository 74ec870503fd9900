package io.warren.registry.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class TenantApiTest {

    private static final Executor THREADS = Thread::startVirtualThread;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    Api admin;

    @BeforeEach
    void connect() {
        admin = Api.asPlatformAdmin(port, tokens);
    }

    @Test
    void aTenantIsMadeOnceHoweverOftenItIsPut() {
        Api.Answer first = admin.put("/api/v1/tenants/made-once", "{\"name\":\"Once\"}");
        Api.Answer second = admin.put("/api/v1/tenants/made-once", "{\"name\":\"Once\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.eTag()).isEqualTo(first.eTag()).isEqualTo("\"1\"");
        assertThat(admin.get("/api/v1/tenants/made-once").json().at("/name").asString())
                .isEqualTo("Once");
    }

    @Test
    void aTenantWithDevicesIsNotDeleted() {
        Api integrator = admin.withTenant("full");
        integrator.put("/api/v1/devices/d1", "{}");

        Api.Answer refused = admin.delete("/api/v1/tenants/full");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("tenant-not-empty");

        integrator.delete("/api/v1/devices/d1");
        assertThat(admin.delete("/api/v1/tenants/full").status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/tenants/full").status()).isEqualTo(404);
    }

    @Test
    void theNameOfADeletedTenantIsNotGivenAgain() {
        admin.put("/api/v1/tenants/gone", "{}");
        assertThat(admin.delete("/api/v1/tenants/gone").status()).isEqualTo(204);

        Api.Answer refused = admin.put("/api/v1/tenants/gone", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("tenant-retired");
        assertThat(admin.get("/api/v1/tenants/gone").status()).isEqualTo(404);
    }

    @Test
    void aTenantThatIsNotThereMatchesNoEntityTag() {
        for (String tag : List.of("*", "\"0\"", "\"1\"")) {
            assertThat(admin.put("/api/v1/tenants/unmatched", "{}", "If-Match", tag)
                            .status())
                    .isEqualTo(412);
        }
        assertThat(admin.get("/api/v1/tenants/unmatched").status()).isEqualTo(404);
    }

    @Test
    void aTenantThatIsMadeBySeveralAtOnceIsMadeByOne() {
        for (int round = 0; round < 10; round++) {
            String path = "/api/v1/tenants/race-" + round;
            assertThat(atOnce(6, _ -> admin.put(path, "{}").status()))
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
            assertThat(atOnce(6, _ -> admin.delete(path).status()))
                    .containsOnlyOnce(204)
                    .containsOnly(204, 404);
        }
    }

    @Test
    void aDeviceThatComesWhileItsTenantGoesFindsItOrFindsItGone() {
        for (int round = 0; round < 10; round++) {
            Api integrator = admin.withTenant("closing-" + round);
            String path = "/api/v1/tenants/closing-" + round;
            assertThat(atOnce(
                            6,
                            number -> number == 0
                                    ? admin.delete(path).status()
                                    : integrator
                                            .put("/api/v1/devices/d" + number, "{}")
                                            .status()))
                    .containsAnyOf(201, 204)
                    .allSatisfy(status -> assertThat(status).isIn(201, 204, 404, 409));
        }
    }

    @Test
    void aTenantHasNoMoreDevicesThanItMay() {
        admin.put("/api/v1/tenants/small", "{\"limits\":{\"devices\":2}}");
        Api integrator = admin.as("small", "integrator");
        assertThat(integrator.put("/api/v1/devices/d1", "{}").status()).isEqualTo(201);
        assertThat(integrator.put("/api/v1/devices/d2", "{}").status()).isEqualTo(201);

        Api.Answer refused = integrator.put("/api/v1/devices/d3", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("tenant-limit-reached");
        assertThat(integrator.put("/api/v1/devices/d2", "{\"name\":\"second\"}").status())
                .isEqualTo(200);
        assertThat(integrator.delete("/api/v1/devices/d1").status()).isEqualTo(204);
        assertThat(integrator.put("/api/v1/devices/d3", "{}").status()).isEqualTo(201);
        assertThat(admin.get("/api/v1/tenants/small")
                        .json()
                        .at("/usage/devices")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void aLimitHoldsForThoseWhoComeAtTheSameTime() {
        admin.put("/api/v1/tenants/crowded", "{\"limits\":{\"devices\":3}}");
        Api integrator = admin.as("crowded", "integrator");

        assertThat(atOnce(
                        12,
                        number -> integrator
                                .put("/api/v1/devices/d" + number, "{}")
                                .status()))
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(3);
    }

    @Test
    void limitsAreReplacedAsAWholeAndCountAsAChange() {
        admin.put("/api/v1/tenants/limited", "{\"limits\":{\"storedDays\":90,\"messagesPerSecond\":500}}");

        Api.Answer changed = admin.put("/api/v1/tenants/limited", "{\"limits\":{\"connections\":10}}");

        assertThat(changed.eTag()).isEqualTo("\"2\"");
        assertThat(changed.json().at("/limits").toString()).isEqualTo("{\"connections\":10}");
        assertThat(admin.get("/api/v1/tenants").json().at("/items/0/limits").isObject())
                .isTrue();
    }

    @Test
    void aLimitThatCannotBeIsRefusedWithItsPlace() {
        Api.Answer refused = admin.put("/api/v1/tenants/odd", "{\"limits\":{\"storedDays\":0}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/limits/storedDays");
    }

    private static List<Integer> atOnce(int callers, IntFunction<Integer> call) {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, callers)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> call.apply(number), THREADS))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void tenantsAreListedPageByPage() {
        admin.withTenant("list-a");
        admin.withTenant("list-b");

        Api.Answer first = admin.get("/api/v1/tenants?limit=1");
        assertThat(first.json().at("/items").size()).isEqualTo(1);
        String next = first.json().at("/next").asString();
        Api.Answer second = admin.get("/api/v1/tenants?limit=1&cursor=" + next);
        assertThat(second.json().at("/items/0/id").asString())
                .isGreaterThan(first.json().at("/items/0/id").asString());
    }

    @Test
    void nobodyButThePlatformsAdministratorSeesTenants() {
        admin.withTenant("secretive");
        for (String role : new String[] {"device", "viewer", "operator", "integrator", "admin"}) {
            assertThat(admin.as("secretive", role)
                            .get("/api/v1/tenants/secretive")
                            .status())
                    .as(role)
                    .isEqualTo(403);
            assertThat(admin.as("secretive", role)
                            .put("/api/v1/tenants/another", "{}")
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @Test
    void aNameOutsideTheGrammarIsNoTenant() {
        assertThat(admin.put("/api/v1/tenants/UPPER", "{}").status()).isIn(400, 422);
        assertThat(admin.put("/api/v1/tenants/a.b", "{}").status()).isIn(400, 422);
    }
}
