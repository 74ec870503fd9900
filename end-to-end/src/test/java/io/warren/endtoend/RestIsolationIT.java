package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds a key sees what belongs to its tenant, and does what its role may. */
@EndToEnd
class RestIsolationIT {

    private final Platform platform;
    private final Tenant tenant;
    private final Tenant stranger;
    private final Device device;

    RestIsolationIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        stranger = platform.newTenant();
        device = tenant.newDevice();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/credentials", "/commands", "/telemetry", "/telemetry/latest", "/deployments"})
    void whatAnotherTenantOwnsIsNotThere(String below) {
        String path = "/api/v1/devices/" + device.id() + below;

        tenant.rest().get(path).expect(200);
        stranger.rest().get(path).expectProblem(404);
    }

    @Test
    void whatAnotherTenantOwnsIsNotChanged() {
        String path = "/api/v1/devices/" + device.id();

        stranger.rest().patch(path, "{\"name\": \"mine\"}").expectProblem(404);
        stranger.rest().delete(path).expectProblem(404);
        stranger.rest().post(path + "/credentials", "{\"kind\": \"secret\"}").expectProblem(404);
        stranger.rest().post(path + "/commands", "{\"name\": \"reboot\"}").expectProblem(404);

        assertThat(tenant.describe(device).has("name")).isFalse();
        assertThat(stranger.rest().get("/api/v1/devices").expect(200).json().get("items"))
                .isEmpty();
    }

    @Test
    void theSameIdInTwoTenantsAreTwoDevices() {
        Device namesake = stranger.newDevice(device.id());
        Mosquitto.publish(device, device.up("telemetry"), "{\"mine\": 1}");
        Mosquitto.publish(namesake, namesake.up("telemetry"), "{\"theirs\": 1}");

        await().untilAsserted(() -> {
            assertThat(tenant.history(device, "default"))
                    .singleElement()
                    .matches(measurement -> measurement.values().has("mine"));
            assertThat(stranger.history(namesake, "default"))
                    .singleElement()
                    .matches(measurement -> measurement.values().has("theirs"));
        });
        stranger.rest().delete("/api/v1/devices/" + device.id()).expect(204);
        tenant.rest().get("/api/v1/devices/" + device.id()).expect(200);
    }

    @Test
    void aKeyOfOneTenantDoesNotSpeakForAnother() {
        stranger.rest()
                .with("Warren-Tenant", tenant.name())
                .get("/api/v1/devices/" + device.id())
                .expectProblem(403);
    }

    @Test
    void aViewerReadsAndChangesNothing() {
        Rest viewer = tenant.as("viewer");
        String path = "/api/v1/devices/" + device.id();

        viewer.get(path).expect(200);
        viewer.get(path + "/telemetry").expect(200);
        viewer.put("/api/v1/devices/new", "{}").expectProblem(403);
        viewer.patch(path, "{\"name\": \"mine\"}").expectProblem(403);
        viewer.delete(path).expectProblem(403);
        viewer.post(path + "/credentials", "{\"kind\": \"secret\"}").expectProblem(403);
        viewer.post(path + "/commands", "{\"name\": \"reboot\"}").expectProblem(403);
        viewer.post("/api/v1/artifacts?name=a.bin", new byte[10]).expectProblem(403);
        viewer.post("/api/v1/enrollments", "{\"attestation\": {\"kind\": \"claim-token\"}}")
                .expectProblem(403);
        tenant.rest().get("/api/v1/devices/new").expectProblem(404);
    }

    @Test
    void anOperatorCommandsButDoesNotRegister() {
        Rest operator = tenant.as("operator");

        operator.post("/api/v1/devices/" + device.id() + "/commands", "{\"name\": \"reboot\"}")
                .expect(201);
        operator.put("/api/v1/devices/new", "{}").expectProblem(403);
    }

    @Test
    void tenantsAreThePlatformsOwnBusiness() {
        tenant.rest().get("/api/v1/tenants").expectProblem(403);
        tenant.rest()
                .put("/api/v1/tenants/" + stranger.name(), "{\"name\": \"Mine\"}")
                .expectProblem(403);
        tenant.rest().delete("/api/v1/tenants/" + stranger.name()).expectProblem(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/devices",
                "/api/v1/tenants",
                "/api/v1/api-keys",
                "/api/v1/telemetry/rejected",
                "/api/v1/enrollments",
                "/api/v1/releases",
                "/api/v1/no-such-thing"
            })
    void withoutAKeyThereIsNothingToSee(String path) {
        platform.anonymous().get(path).expectProblem(401);
        platform.as("made-up").get(path).expectProblem(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/internal/jwks.json",
                "/actuator/health",
                "/actuator/env",
                "/broker/user",
                "/broker/topic",
                "/error",
                "/v3/api-docs",
                "/api/v1/../../broker/user",
                "/api/v1/devices/..%2f..%2f..%2fbroker%2fuser",
                "//broker/user",
                "/api/v1/devices/..;/..;/..;/actuator/env"
            })
    void theInsideIsNotReachedFromOutside(String path) {
        for (Rest rest : new Rest[] {platform.anonymous(), tenant.rest(), platform.administrator()}) {
            Answer read = rest.get(path);
            assertThat(read.status()).as("%s", read).isIn(400, 401, 404);
            read.expectProblem(read.status());
            Answer written = rest.post(path, "username=a&vhost=/");
            assertThat(written.status()).as("%s", written).isIn(400, 401, 404);
        }
    }
}
