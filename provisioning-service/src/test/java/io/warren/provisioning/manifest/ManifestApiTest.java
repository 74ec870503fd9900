package io.warren.provisioning.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProvisioningTest
@Backed
class ManifestApiTest {

    private static final String MANIFEST = "{\"kind\":\"manifest\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private TestTokens tokens;

    private ManifestApi api;

    @BeforeEach
    void ownTenant() {
        api = new ManifestApi(port, tokens, "t" + UUID.randomUUID().toString().substring(0, 8));
        api.group("pumps", MANIFEST);
    }

    @Test
    void eachRowHasItsOutcomeAndTheLastLineSumsUp() {
        api.importJson("pumps", row("01", "pump-1"), row("02", "pump-2"));

        List<JsonNode> answer =
                api.importJson("pumps", row("01", "pump-1"), row("02", "pump-3"), row("03", "pump-4"), "{}", "{");

        assertThat(answer)
                .extracting(line -> line.path("outcome").asString(""))
                .containsExactly("unchanged", "updated", "created", "refused", "refused", "");
        assertThat(answer.get(3).at("/problem/errors/0/pointer").stringValue()).isEqualTo("/element");
        assertThat(answer.getLast().get("summary").toString())
                .isEqualTo("{\"rows\":5,\"created\":1,\"updated\":1,\"unchanged\":1,\"refused\":2,\"complete\":true}");
    }

    @Test
    void anElementThatComesTwiceIsPutTwice() {
        List<JsonNode> answer = api.importJson("pumps", row("01", "pump-1"), row("01", "pump-2"));

        assertThat(answer)
                .extracting(line -> line.path("outcome").asString(""))
                .containsExactly("created", "updated", "");
        assertThat(api.get("/pumps/manifest/01").body()).contains("pump-2");
    }

    @Test
    void aSpreadsheetMayBeZipped() {
        HttpResponse<String> answer = api.post(
                "pumps",
                "text/csv",
                BodyPublishers.ofByteArray(
                        ManifestApi.zipped("\uFEFFelement,deviceId,attributes.batch\n01,pump-1,7\n")),
                "Content-Encoding",
                "gzip");

        assertThat(ManifestApi.lines(answer).getFirst().get("outcome").stringValue())
                .isEqualTo("created");
        assertThat(api.get("/pumps/manifest/01").body()).contains("\"attributes\":{\"batch\":\"7\"}");
    }

    @Test
    void whatIsReadCanBeImported() {
        api.importJson("pumps", row("01", "pump-1"));
        String read = api.get("/pumps/manifest/01").body();

        assertThat(api.importJson("pumps", read).getFirst().get("outcome").stringValue())
                .isEqualTo("unchanged");
    }

    @Test
    void rowsAreFoundByDeviceAndByHowTheirElementsBegin() {
        api.importJson("pumps", row("01AA", "pump-1"), row("01AB", "pump-2"), row("02AA", "pump-1"));

        assertThat(elements("?element=01A")).containsExactly("01AA", "01AB");
        assertThat(elements("?deviceId=pump-1")).containsExactly("01AA", "02AA");
        assertThat(elements("?element=02&deviceId=pump-2")).isEmpty();
        JsonNode page = json(api.get("/pumps/manifest?limit=2"));
        assertThat(json(api.get("/pumps/manifest?cursor=" + page.get("next").stringValue()))
                        .at("/items/0/element")
                        .stringValue())
                .isEqualTo("02AA");
    }

    @Test
    void rowsAreTakenBackOneByOneOrAll() {
        api.importJson("pumps", row("01", "pump-1"), row("02", "pump-2"), row("03", "pump-3"));

        assertThat(api.delete("/pumps/manifest/01").statusCode()).isEqualTo(204);
        assertThat(api.delete("/pumps/manifest/01").statusCode()).isEqualTo(404);
        assertThat(elements("")).containsExactly("02", "03");
        assertThat(api.delete("/pumps/manifest").statusCode()).isEqualTo(204);
        assertThat(elements("")).isEmpty();
    }

    @Test
    void aManifestIsItsGroupsAndItsTenants() {
        api.group("valves", MANIFEST);
        api.importJson("pumps", row("01", "pump-1"));
        ManifestApi stranger = new ManifestApi(port, tokens, "stranger");

        assertThat(api.get("/valves/manifest/01").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/pumps/manifest/01").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/pumps/manifest").statusCode()).isEqualTo(404);
        assertThat(stranger.delete("/pumps/manifest").statusCode()).isEqualTo(404);
        assertThat(stranger.post("pumps", "text/csv", BodyPublishers.ofString("element,deviceId\n1,a"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyAGroupOfThatKindHasAManifest() {
        api.group("keys", "{\"kind\":\"symmetric-key\"}");
        assertThat(api.get("/keys/manifest").statusCode()).isEqualTo(404);
    }

    @Test
    void theManifestGoesWithItsGroup() {
        api.importJson("pumps", row("01", "pump-1"));
        assertThat(api.delete("/pumps").statusCode()).isEqualTo(204);
        api.group("pumps", MANIFEST);
        assertThat(elements("")).isEmpty();
    }

    @Test
    void columnsThatThereAreNotRefuseTheWhole() {
        assertThat(api.post("pumps", "text/csv", BodyPublishers.ofString("element,device\n1,a"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(api.post("pumps", "application/json", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void manyRowsAreTakenInTheirOrder() throws IOException {
        int rows = 20_000;
        long line = 0;
        String last = "";
        try (BufferedReader answer = new BufferedReader(new InputStreamReader(
                api.stream(
                        "pumps",
                        BodyPublishers.ofByteArrays(() -> IntStream.range(0, rows / 100)
                                .mapToObj(ManifestApiTest::hundred)
                                .iterator())),
                UTF_8))) {
            for (String next = answer.readLine(); next != null; next = answer.readLine()) {
                last = next;
                if (++line <= rows) {
                    assertThat(next).startsWith("{\"line\":" + line + ",").contains("\"created\"");
                }
            }
        }
        assertThat(last).contains("\"created\":" + rows);
    }

    private static byte[] hundred(int number) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            rows.append(row("0123F1C2%08X".formatted(number * 100 + i), "pump-" + (number * 100 + i)))
                    .append('\n');
        }
        return rows.toString().getBytes(UTF_8);
    }

    private List<String> elements(String query) {
        return json(api.get("/pumps/manifest" + query)).get("items").values().stream()
                .map(item -> item.get("element").stringValue())
                .toList();
    }

    private static String row(String element, String device) {
        return """
                {"element":"%s","deviceId":"%s","publicKey":"%s","attributes":{"batch":"7"}}""".formatted(element, device, RowsTest.KEY);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
