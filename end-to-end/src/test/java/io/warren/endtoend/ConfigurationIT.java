package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A configuration follows the devices that it is meant for. */
@EndToEnd
class ConfigurationIT {

    private final Tenant tenant;
    private final Device device;

    ConfigurationIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @Test
    void aDeviceThatBeginsToMatchIsToldAndOneThatStopsIsToldTheNextInLine() {
        configuration("all", "true", 1, "{\"interval\": 60}");
        configuration("winter", "device.tags.season == \\\"winter\\\"", 10, "{\"interval\": 10}");
        await().until(() -> interval() == 60);
        try (Connection connection = device.connect()) {
            Connection.Inbox desired = connection.subscribe(device.down("state/desired"));

            season("\"winter\"");
            awaitInterval(desired, 10);
            season("null");
            awaitInterval(desired, 60);
        }
    }

    @Test
    void itIsExplainedWhyAConfigurationDoesNotApply() {
        configuration("winter", "device.tags.season == \\\"winter\\\"", 10, "{\"interval\": 10}");
        season("\"summer\"");

        JsonNode explanation = tenant.rest()
                .get("/api/v1/devices/" + device.id() + "/explain?for=configuration:winter")
                .expect(200)
                .json();

        assertThat(explanation.toString()).contains("target-not-met", "summer");
    }

    private void configuration(String id, String target, int priority, String desired) {
        tenant.rest()
                .put(
                        "/api/v1/configurations/" + id,
                        "{\"target\": \"%s\", \"priority\": %d, \"desired\": %s}".formatted(target, priority, desired))
                .expect(201);
    }

    private void season(String value) {
        tenant.rest()
                .patch("/api/v1/devices/" + device.id(), "{\"tags\": {\"season\": " + value + "}}")
                .expect(200);
    }

    private int interval() {
        return tenant.rest()
                .get("/api/v1/devices/" + device.id() + "/state")
                .expect(200)
                .json()
                .at("/desired/state/interval")
                .asInt(0);
    }

    /** The device may first be told once more what it was told already. */
    private static void awaitInterval(Connection.Inbox desired, int interval) {
        await().until(() -> desired.next().json().at("/state/interval").intValue() == interval);
    }
}
