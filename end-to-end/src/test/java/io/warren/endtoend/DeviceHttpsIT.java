package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device that cannot keep a connection does over HTTPS what others do over MQTT. */
@EndToEnd
class DeviceHttpsIT {

    private final Tenant tenant;
    private final Device device;

    DeviceHttpsIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @Test
    void itReadsAndReportsItsState() {
        String state = "/api/v1/devices/" + device.id() + "/state";
        tenant.rest().patch(state + "/desired", "{\"interval\": 30}").expect(200);

        assertThat(device.https()
                        .get("/device/v1/state")
                        .expect(200)
                        .json()
                        .at("/desired/state/interval")
                        .intValue())
                .isEqualTo(30);
        device.https().patch("/device/v1/state/reported", "{\"interval\": 30}").expect(200);

        assertThat(tenant.rest().get(state).json().get("inSync").booleanValue()).isTrue();
    }

    @Test
    void itWaitsForACommandAndAnswersIt() {
        CompletableFuture<JsonNode> fetched = CompletableFuture.supplyAsync(() ->
                device.https().get("/device/v1/commands?wait=30").expect(200).json());

        String id = tenant.rest()
                .post("/api/v1/devices/" + device.id() + "/commands", "{\"name\": \"identify\"}")
                .expect(201)
                .text("/id");

        assertThat(fetched.join().at("/items/0/id").stringValue()).isEqualTo(id);
        device.https()
                .post("/device/v1/commands/" + id, "{\"status\": \"succeeded\"}")
                .expect(204);
        assertThat(tenant.rest()
                        .get("/api/v1/devices/" + device.id() + "/commands/" + id)
                        .expect(200)
                        .text("/state"))
                .isEqualTo("succeeded");
    }

    @Test
    void whatItMeasuresIsStoredInOrder() {
        for (int n = 0; n < 20; n++) {
            device.https()
                    .post("/device/v1/telemetry/env", "{\"n\": " + n + "}")
                    .expect(202);
        }

        await().untilAsserted(() -> assertThat(tenant.history(device, "env"))
                .extracting(measurement -> measurement.values().get("n").intValue())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
    }

    @Test
    void whatItLogsIsFoundByItsWords() {
        device.https()
                .post(
                        "/device/v1/logs",
                        "[{\"ts\": %d, \"level\": \"warn\", \"message\": \"Valve 3 is stuck\"}]"
                                .formatted(System.currentTimeMillis()))
                .expect(202);

        await().untilAsserted(() -> assertThat(tenant.rest()
                        .get("/api/v1/devices/" + device.id() + "/logs?text=stuck")
                        .expect(200)
                        .json()
                        .at("/items")
                        .findValuesAsString("message"))
                .containsExactly("Valve 3 is stuck"));
    }

    @Test
    void nobodyGetsInWithAnotherDevicesSecret() {
        Device other = tenant.newDevice();

        other.with(device.secret()).https().get("/device/v1/state").expectProblem(401);
    }
}
