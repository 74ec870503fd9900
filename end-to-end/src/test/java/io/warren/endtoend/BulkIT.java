package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many devices at a time: in, changed, and out again. */
@EndToEnd
class BulkIT {

    private final Tenant tenant;

    BulkIT(Platform platform) {
        tenant = platform.newTenant();
    }

    @Test
    void aBadRowSpoilsNoOther() {
        List<JsonNode> answer = lines(tenant.rest()
                .post("/api/v1/devices:import", """
                        {"id":"pump-1","tags":{"site":"lyon"}}
                        {"id":"pump 2"}
                        {"id":"pump-3","tags":{"site":"lyon"}}
                        """, "application/x-ndjson")
                .expect(200));

        assertThat(answer)
                .extracting(line -> line.path("outcome").asString("summary"))
                .containsExactly("created", "refused", "created", "summary");
        assertThat(answer.getLast().at("/summary/complete").booleanValue()).isTrue();
        assertThat(tenant.rest().get("/api/v1/devices").expect(200).json().findValuesAsString("id"))
                .containsExactly("pump-1", "pump-3");
    }

    @Test
    void whatIsExportedAsATableCanBeImportedAgain() {
        tenant.rest()
                .post("/api/v1/devices:import", "id,name,tags.site\npump-1,=1+1,lyon\npump-2,,\n", "text/csv")
                .expect(200);
        Answer table = tenant.rest().get("/api/v1/devices:export?format=csv").expect(200);

        List<JsonNode> again = lines(tenant.rest()
                .post("/api/v1/devices:import", new String(table.bytes(), StandardCharsets.UTF_8), "text/csv")
                .expect(200));

        assertThat(again.getLast().at("/summary/unchanged").intValue()).isEqualTo(2);
        assertThat(tenant.rest().get("/api/v1/devices/pump-1").expect(200).text("/name"))
                .isEqualTo("=1+1");
    }

    @Test
    void allThatMatchAreChangedByAJob() {
        tenant.rest()
                .post(
                        "/api/v1/devices:import",
                        "{\"id\":\"pump-1\",\"tags\":{\"site\":\"lyon\"}}\n{\"id\":\"pump-2\"}\n",
                        "application/x-ndjson")
                .expect(200);

        String job = tenant.rest()
                .post(
                        "/api/v1/devices:update",
                        "{\"filter\": \"device.tags.site == \\\"lyon\\\"\", \"patch\": {\"tags\": {\"region\": \"south\"}}}")
                .expect(202)
                .header("Location");

        await().untilAsserted(() ->
                assertThat(tenant.rest().get(job).expect(200).text("/state")).isEqualTo("finished"));
        assertThat(tenant.rest().get("/api/v1/devices/pump-1").text("/tags/region"))
                .isEqualTo("south");
        assertThat(tenant.rest()
                        .get("/api/v1/devices/pump-2")
                        .json()
                        .at("/tags/region")
                        .isMissingNode())
                .isTrue();
    }

    private static List<JsonNode> lines(Answer answer) {
        return new String(answer.bytes(), StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
