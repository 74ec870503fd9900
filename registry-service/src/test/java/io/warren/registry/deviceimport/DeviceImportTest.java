package io.warren.registry.deviceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.registry.bulk.BulkApi;
import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@RegistryTest
class DeviceImportTest {

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

    private final String tenant = "bulk-" + UUID.randomUUID().toString().substring(0, 8);
    private Api api;
    private BulkApi bulk;

    @BeforeEach
    void makeTenant() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        bulk = new BulkApi(port, tokens, tenant);
    }

    @Test
    void eachRowIsAnsweredWithWhatBecameOfIt() {
        api.put("/api/v1/devices/same", "{\"name\":\"Same\"}");
        api.put("/api/v1/devices/other", "{}");

        List<JsonNode> answer = bulk.importJson(
                "",
                "{\"id\":\"new\",\"tags\":{\"site\":\"lyon\"},\"identifiers\":{\"imei\":\"1\"}}",
                "",
                "{\"id\":\"same\",\"name\":\"Same\"}",
                "{\"id\":\"other\",\"name\":\"Other\"}",
                "{\"id\":\"bad\",\"tags\":{\"a b\":\"\"}}");

        assertThat(answer)
                .extracting(DeviceImportTest::outcome)
                .startsWith("1 new created", "3 same unchanged", "4 other updated", "5 bad refused");
        assertThat(answer.get(3).at("/problem/type").asString()).isEqualTo("urn:warren:problem:invalid");
        assertThat(answer.get(3).at("/problem/errors/0/pointer").asString()).isEqualTo("/tags/a b");
        assertThat(answer.getLast().toString())
                .isEqualTo("{\"summary\":{\"rows\":4,\"created\":1,\"updated\":1,\"unchanged\":1,\"refused\":1,"
                        + "\"complete\":true,\"dryRun\":false}}");
        assertThat(api.get("/api/v1/devices/new").json().at("/identifiers/imei").asString())
                .isEqualTo("1");
        assertThat(api.get("/api/v1/devices/bad").status()).isEqualTo(404);
    }

    @Test
    void anImportAgainChangesNothing() {
        String[] rows = IntStream.range(0, 50)
                .mapToObj(n -> "{\"id\":\"d%d\",\"tags\":{\"n\":\"%d\"}}".formatted(n, n))
                .toArray(String[]::new);
        assertThat(bulk.importJson("", rows).getLast().at("/summary/created").asInt())
                .isEqualTo(50);
        assertThat(bulk.importJson("", rows).getLast().at("/summary/unchanged").asInt())
                .isEqualTo(50);
        assertThat(events()).isEqualTo(50);
    }

    @Test
    void anImportThatStandsInTheWayOfAnotherGoesOnAfterIt() {
        api.put("/api/v1/devices/a", "{}");
        api.put("/api/v1/devices/b", "{}");
        CompletableFuture<List<JsonNode>> answer = new CompletableFuture<>();
        transactions.executeWithoutResult(_ -> {
            lock("b");
            answer.completeAsync(
                    () -> bulk.importJson("", "{\"id\":\"a\",\"name\":\"A\"}", "{\"id\":\"b\",\"name\":\"B\"}"));
            await().until(locks::isSomebodyWaiting);
            lock("a");
        });
        assertThat(answer.join().getLast().at("/summary/updated").asInt()).isEqualTo(2);
    }

    private void lock(String device) {
        jdbc.sql("SELECT true FROM device WHERE tenant = ? AND id = ? FOR NO KEY UPDATE")
                .params(tenant, device)
                .query(Boolean.class)
                .single();
    }

    @Test
    void aRowThatMakesNoSenseSpoilsNoOther() {
        List<JsonNode> answer = bulk.importJson(
                "",
                "{\"id\":\"a\"}",
                "{\"id\":",
                "[1]",
                "{\"name\":\"nobody\"}",
                "{\"id\":\"dots.are.none\"}",
                "{\"id\":\"b\",\"unknown\":1}",
                "{\"id\":\"nul\",\"name\":\"\\u0000\"}",
                "{\"id\":\"c\"} {\"id\":\"d\"}",
                "{\"id\":\"long\",\"name\":\"" + "x".repeat(ImportController.MOST_BYTES) + "\"}",
                "{\"id\":\"z\"}");

        assertThat(answer)
                .extracting(DeviceImportTest::outcome)
                .startsWith(
                        "1 a created",
                        "2  refused",
                        "3  refused",
                        "4  refused",
                        "5  refused",
                        "6 b refused",
                        "7 nul refused",
                        "8  refused",
                        "9  refused",
                        "10 z created");
        assertThat(answer.get(1).at("/problem/detail").asString()).contains("not JSON");
        assertThat(answer.get(5).at("/problem/errors/0/pointer").asString()).isEqualTo("/unknown");
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void aDeviceThatComesTwiceIsPutTwiceInOrder() {
        assertThat(bulk.importJson(
                        "",
                        "{\"id\":\"twice\",\"name\":\"first\"}",
                        "{\"id\":\"twice\",\"name\":\"second\"}",
                        "{\"id\":\"twice\",\"name\":\"second\"}"))
                .extracting(DeviceImportTest::outcome)
                .startsWith("1 twice created", "2 twice updated", "3 twice unchanged");
        assertThat(api.get("/api/v1/devices/twice").json().at("/name").asString())
                .isEqualTo("second");
    }

    @Test
    void aDryRunSaysWhatWouldBeAndKeepsNothing() {
        api.put("/api/v1/devices/old", "{}");
        List<JsonNode> answer = bulk.importJson(
                "?dryRun=true", "{\"id\":\"new\"}", "{\"id\":\"old\",\"name\":\"x\"}", "{\"id\":\"-\",\"type\":\"?\"}");
        assertThat(answer)
                .extracting(DeviceImportTest::outcome)
                .startsWith("1 new created", "2 old updated", "3 - refused");
        assertThat(answer.getLast().at("/summary/dryRun").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/devices/new").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/devices/old").eTag()).isEqualTo("\"1\"");
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whoWantsOnlyNewDevicesLeavesTheOthersAlone() {
        api.put("/api/v1/devices/old", "{}");
        List<JsonNode> answer =
                bulk.importJson("?mode=create-only", "{\"id\":\"new\"}", "{\"id\":\"old\",\"name\":\"x\"}");
        assertThat(answer).extracting(DeviceImportTest::outcome).startsWith("1 new created", "2 old refused");
        assertThat(answer.get(1).at("/problem/type").asString()).isEqualTo("urn:warren:problem:device-exists");
        assertThat(api.get("/api/v1/devices/old").eTag()).isEqualTo("\"1\"");
    }

    @Test
    void csvSaysTheSameAsJson() {
        assertThat(bulk.importCsv(
                        "\uFEFFid,type,name,enabled,tags.site,tags.empty,identifiers.imei,version,lastSeenAt",
                        "a,generic,\"Pompe \"\"n° 1\"\",\nà Lyon 🚰\",false,lyon,\"\",'+33,7,",
                        "b,,,,,,,,"))
                .extracting(DeviceImportTest::outcome)
                .startsWith("2 a created", "4 b created");
        JsonNode device = api.get("/api/v1/devices/a").json();
        assertThat(device.at("/name").asString()).isEqualTo("Pompe \"n° 1\",\nà Lyon 🚰");
        assertThat(device.at("/enabled").asBoolean()).isFalse();
        assertThat(device.at("/tags").toString()).isEqualTo("{\"site\":\"lyon\",\"empty\":\"\"}");
        assertThat(device.at("/identifiers/imei").asString()).isEqualTo("+33");
        JsonNode plain = api.get("/api/v1/devices/b").json();
        assertThat(plain.at("/tags").size()).isZero();
        assertThat(plain.has("name")).isFalse();
        assertThat(plain.at("/enabled").asBoolean()).isTrue();
    }

    @Test
    void aCsvRowThatMakesNoSenseSpoilsNoOther() {
        byte[] latin = "é,Pompe é\n".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(BulkApi.bytes("id,name\na,A\nb\nc,C,1\n"));
        body.writeBytes(latin);
        body.writeBytes(BulkApi.bytes("\"\",x\nz,Z\n"));
        List<JsonNode> answer = BulkApi.lines(bulk.post("", "text/csv; charset=utf-8", body.toByteArray()));

        assertThat(answer)
                .extracting(DeviceImportTest::outcome)
                .startsWith("2 a created", "3  refused", "4  refused", "5  refused", "6  refused", "7 z created");
        assertThat(answer.get(1).at("/problem/detail").asString()).isEqualTo("The row has 1 cells, the first line 2.");
        assertThat(answer.get(3).at("/problem/errors/0/detail").asString()).isEqualTo("is not UTF-8");
        assertThat(answer.getLast().at("/summary/complete").asBoolean()).isTrue();
    }

    @Test
    void whatIsNoCsvAnyMoreEndsTheImportAndSaysSo() {
        List<JsonNode> answer = bulk.importCsv("id,name", "a,A", "b,\"B\"x", "c,C");
        assertThat(answer).extracting(DeviceImportTest::outcome).startsWith("2 a created");
        assertThat(answer.get(1).at("/outcome").asString()).isEqualTo("refused");
        assertThat(answer.getLast().at("/summary/complete").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/devices/a").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,type          | id           | the column is missing",
                "id,colour          | colour       | column 2: there is no such column",
                "id,tags.a.b        | tags.a.b     | column 2: there is no such column",
                "id,name,name       | name         | column 3: it comes twice",
            })
    void aFirstLineThatMakesNoSenseIsRefused(String header, String pointer, String detail) {
        HttpResponse<byte[]> answer = bulk.post("", "text/csv", BulkApi.bytes(header + "\na,b,c\n"));
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problem = BulkApi.lines(answer).getFirst();
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(detail);
    }

    @Test
    void anImportMayBeZipped() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(BulkApi.bytes("{\"id\":\"zipped\"}\n"));
        }
        assertThat(BulkApi.lines(
                        bulk.post("", "application/x-ndjson", zipped.toByteArray(), "Content-Encoding", "gzip")))
                .extracting(DeviceImportTest::outcome)
                .startsWith("1 zipped created");
        assertThat(bulk.post("", "application/x-ndjson", zipped.toByteArray(), "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(415);
        assertThat(bulk.post("", "application/x-ndjson", new byte[] {1, 2}, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void thousandsOfRowsAreAnsweredInTheirOrder() {
        int rows = 5_000;
        String body = IntStream.range(0, rows)
                .mapToObj(n -> n % 1_000 == 7
                        ? "{\"id\":\"m%d\",\"name\":\"\\u0000\"}".formatted(n)
                        : "{\"id\":\"m%d\",\"tags\":{\"site\":\"s%d\"}}".formatted(n, n % 10))
                .collect(Collectors.joining("\n"));
        List<JsonNode> answer = bulk.importJson("", body);
        assertThat(answer.subList(0, rows))
                .extracting(line -> line.at("/id").asString())
                .containsExactlyElementsOf(
                        IntStream.range(0, rows).mapToObj(n -> "m" + n).toList());
        assertThat(answer.getLast().at("/summary/created").asInt()).isEqualTo(rows - 5);
        assertThat(answer.getLast().at("/summary/refused").asInt()).isEqualTo(5);
        assertThat(events()).isEqualTo(rows - 5);
    }

    @Test
    void whatIsNeitherJsonNorCsvIsRefused() {
        assertThat(bulk.post("", "application/json", BulkApi.bytes("{}")).statusCode())
                .isEqualTo(415);
        assertThat(bulk.post("?mode=perhaps", "text/csv", BulkApi.bytes("id\na\n"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(bulk.post("", "text/csv", new byte[0]).statusCode()).isEqualTo(422);
    }

    @Test
    void anImportForATenantThatIsNotThereIsRefused() {
        HttpResponse<byte[]> answer = new BulkApi(port, tokens, "nobody-here")
                .post("", "application/x-ndjson", BulkApi.bytes("{\"id\":\"a\"}"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(BulkApi.text(answer)).contains("tenant-not-found");
    }

    private static String outcome(JsonNode line) {
        return line.at("/line").asString("") + " " + line.at("/id").asString("") + " "
                + line.at("/outcome").asString("");
    }

    private int events() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE payload::json ->> 'tenant' = ? AND type LIKE 'device.%'")
                .param(tenant)
                .query(Integer.class)
                .single();
    }
}
