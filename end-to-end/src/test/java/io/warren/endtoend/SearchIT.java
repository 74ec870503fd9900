package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Devices are found by what is known of them at this moment, and by nobody else's tenant. */
@EndToEnd
class SearchIT {

    private final Tenant tenant;

    SearchIT(Platform platform) {
        tenant = platform.newTenant();
    }

    @BeforeEach
    void somePumps() {
        put("pump-1", "lyon");
        put("pump-2", "lyon");
        put("pump-3", "nantes");
    }

    @Test
    void aChangedTagIsFoundAtOnce() {
        assertThat(find("device.tags.site == \"lyon\"")).containsExactly("pump-1", "pump-2");

        put("pump-3", "lyon");

        assertThat(find("device.tags.site == \"lyon\"")).containsExactly("pump-1", "pump-2", "pump-3");
    }

    @Test
    void whatADeviceReportsIsFoundWithWhetherItIsThere() {
        Device device = tenant.newDevice("pump-4");
        try (Connection connection = device.connect()) {
            connection.publish(device.up("state/reported"), "{\"battery\": 12}");

            await().untilAsserted(() -> assertThat(find("device.connected && device.state.reported.battery < 20"))
                    .containsExactly("pump-4"));
        }
    }

    @Test
    void devicesAreCounted() {
        JsonNode counts = tenant.rest()
                .post("/api/v1/devices:query", "{\"groupBy\": \"device.tags.site\"}")
                .expect(200)
                .json();

        assertThat(counts.get("groups").valueStream().map(JsonNode::toString))
                .containsExactly("{\"value\":\"lyon\",\"count\":2}", "{\"value\":\"nantes\",\"count\":1}");
    }

    @Test
    void aMistakeIsShownWithItsPlace() {
        JsonNode problem = tenant.rest()
                .get("/api/v1/devices?filter=" + encoded("device.tags.site = \"lyon\""))
                .expectProblem(422)
                .json();

        assertThat(problem.at("/errors/0").toString()).contains("17");
    }

    @Test
    void nothingOfAnotherTenantIsFound() {
        Tenant stranger = tenant.platform().newTenant();

        assertThat(stranger.rest()
                        .get("/api/v1/devices?filter=" + encoded("true || device.id == \"pump-1\""))
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    private void put(String id, String site) {
        assertThat(tenant.rest()
                        .put("/api/v1/devices/" + id, "{\"tags\": {\"site\": \"" + site + "\"}}")
                        .status())
                .isIn(200, 201);
    }

    private List<String> find(String filter) {
        return tenant.rest()
                .get("/api/v1/devices?fields=id&filter=" + encoded(filter))
                .expect(200)
                .json()
                .findValuesAsString("id");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
