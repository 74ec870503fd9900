package io.warren.registry.deviceexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.bulk.BulkApi;
import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RegistryTest
class DeviceExportTest {

    /** Keys in the order in which the database keeps them: the shorter first. */
    private static final String[] DEVICES = {
        "{\"id\":\"-plain\",\"type\":\"generic\",\"enabled\":true,\"tags\":{},\"identifiers\":{}}",
        "{\"id\":\"a\",\"type\":\"generic\",\"name\":\"Pompe \\\"n° 1\\\",\\nà Lyon 🚰\",\"enabled\":false,"
                + "\"tags\":{\"site\":\" lyon \",\"empty\":\"\"},\"identifiers\":{\"mac\":\"'=1\",\"imei\":\"+33\"}}",
        "{\"id\":\"b\",\"type\":\"generic\",\"name\":\"=cmd|' /C calc'!A0\",\"enabled\":true,"
                + "\"tags\":{\"tab\":\"\\t\",\"crlf\":\"a\\r\\nb\",\"quote\":\"'\"},\"identifiers\":{\"serial\":\"@1\"},\"gateway\":\"a\"}",
    };

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private final String tenant = "export-" + UUID.randomUUID().toString().substring(0, 8);
    private BulkApi bulk;

    @BeforeEach
    void makeTenant() {
        Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        bulk = new BulkApi(port, tokens, tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv"})
    void whatWasExportedCanBeImportedElsewhereAndIsTheSame(String format) {
        bulk.importJson("", DEVICES);
        HttpResponse<byte[]> exported = bulk.export("?format=" + format);
        assertThat(exported.statusCode()).isEqualTo(200);

        String elsewhere = tenant + "-2";
        Api.asPlatformAdmin(port, tokens).withTenant(elsewhere);
        BulkApi other = new BulkApi(port, tokens, elsewhere);
        String type = exported.headers().firstValue("Content-Type").orElseThrow();
        JsonNode summary = BulkApi.lines(other.post("", type, exported.body())).getLast();

        assertThat(summary.at("/summary/created").asInt())
                .as(summary.toString())
                .isEqualTo(DEVICES.length);
        assertThat(BulkApi.text(other.export(""))).isEqualTo(String.join("\n", DEVICES) + "\n");
        assertThat(BulkApi.lines(bulk.post("", type, exported.body()))
                        .getLast()
                        .at("/summary/unchanged")
                        .asInt())
                .isEqualTo(DEVICES.length);
    }

    @Test
    void noCellOfCsvBeginsAsAFormula() {
        bulk.importJson("", DEVICES);
        String csv = BulkApi.text(bulk.export("?format=csv"));
        assertThat(csv.lines().findFirst())
                .hasValue("id,type,name,enabled,tags.crlf,tags.empty,tags.quote,tags.site,tags.tab,"
                        + "identifiers.imei,identifiers.mac,identifiers.serial,gateway");
        assertThat(csv).doesNotContainPattern("(^|,|\")[=+@\\t-]").contains(",'=cmd|", ",'+33,''=1");
    }

    @Test
    void manyPagesComeOutInOrderWithoutAGap() {
        int count = 3 * ExportPages.SIZE;
        bulk.importJson(
                "",
                IntStream.range(0, count)
                        .mapToObj("{\"id\":\"d%04d\"}"::formatted)
                        .toArray(String[]::new));
        assertThat(BulkApi.lines(bulk.export("?fields=id")))
                .extracting(JsonNode::toString)
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .mapToObj("{\"id\":\"d%04d\"}"::formatted)
                        .toList());
    }

    @Test
    void onlyWhatIsAskedForIsExported() {
        bulk.importJson("", DEVICES);
        assertThat(BulkApi.text(bulk.export("?fields=id,tags.site,connected,version"))
                        .lines())
                .contains("{\"id\":\"a\",\"tags\":{\"site\":\" lyon \"},\"connected\":false,\"version\":1}");
        assertThat(BulkApi.text(bulk.export("?format=csv&fields=tags.site,id")))
                .isEqualTo("tags.site,id\r\n,'-plain\r\n\" lyon \",a\r\n,b\r\n".replace("\" lyon \"", " lyon "));
    }

    @Test
    void onlyDevicesThatAreMeantAreExported() {
        int count = 2 * ExportPages.SIZE + 10;
        bulk.importJson(
                "",
                IntStream.range(0, count)
                        .mapToObj(n -> "{\"id\":\"f%04d\",\"tags\":{\"half\":\"%d\"}}".formatted(n, n % 2))
                        .toArray(String[]::new));
        String filter = URLEncoder.encode("device.tags.half == \"1\"", StandardCharsets.UTF_8);
        assertThat(BulkApi.text(bulk.export("?format=csv&fields=id&filter=" + filter))
                        .lines()
                        .skip(1))
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .filter(n -> n % 2 == 1)
                        .mapToObj("f%04d"::formatted)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"?fields=id,colour | 422", "?fields=tags. | 422", "?format=xml | 422", "?filter=device.tags. | 422"
            })
    void anExportAskedForWronglyIsRefused(String query, int status) {
        assertThat(bulk.export(query).statusCode()).isEqualTo(status);
    }

    @Test
    void nothingIsAnEmptyExport() {
        assertThat(bulk.export("").body()).isEmpty();
        assertThat(BulkApi.text(bulk.export("?format=csv"))).isEqualTo("id,type,name,enabled,gateway\r\n");
    }

    @Test
    void anExportIsZippedForWhoUnderstandsThat() throws IOException {
        bulk.importJson("", DEVICES);
        HttpResponse<byte[]> zipped = bulk.export("", "Accept-Encoding", "gzip");
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly(DEVICES);
        }
    }
}
