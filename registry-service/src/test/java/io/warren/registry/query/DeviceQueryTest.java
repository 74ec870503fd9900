package io.warren.registry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.TestTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RegistryTest
class DeviceQueryTest {

    private static final List<DeviceId> DEVICES =
            Stream.of("a", "b", "c", "d").map(DeviceId::new).toList();

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DeviceSearch search;

    @LocalServerPort
    int port;

    Api api;

    TestFleet fleet;

    @BeforeEach
    void makeDevices() {
        fleet = new TestFleet(port, tokens);
        api = fleet.api();
        api.put("/api/v1/devices/a", "{\"name\":\"Alpha\",\"tags\":{\"site\":\"lyon\",\"floor\":\"1\"}}");
        api.put("/api/v1/devices/b", "{\"tags\":{\"site\":\"paris\",\"note\":\"'; DROP TABLE device; --\"}}");
        api.put(
                "/api/v1/devices/c",
                "{\"name\":\"Gamma\",\"tags\":{\"site\":\"lyon\"},\"identifiers\":{\"imei\":\"35\"}}");
        api.put("/api/v1/devices/d", "{\"enabled\":false}");
        report("a", "{\"battery\":15,\"modes\":[\"eco\"]}");
        report("b", "{\"battery\":\"full\"}");
        report("c", "{\"battery\":99.5}");
        jdbc.sql("UPDATE presence SET connected = true, last_seen_at = now() WHERE tenant = ? AND device IN ('a', 'b')")
                .param(fleet.tenant())
                .update();
    }

    private void report(String device, String reported) {
        jdbc.sql("""
                        INSERT INTO device_state (tenant, device, reported) VALUES (?, ?, CAST(? AS jsonb))
                        ON CONFLICT (tenant, device) DO UPDATE SET reported = excluded.reported""").params(fleet.tenant(), device, reported).update();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    device.tags.site == "lyon"                                        => a c
                    device.tags.site != "lyon"                                        => b d
                    device.tags.site == "lyon" && device.state.reported.battery < 20  => a
                    device.state.reported.battery == null                             => d
                    device.state.reported.battery >= 15.0                             => a c
                    !(device.state.reported.battery >= 15.0)                          => b d
                    "eco" in device.state.reported.modes                              => a
                    device.connected                                                  => a b
                    !device.connected                                                 => c d
                    now - device.lastSeenAt < duration("1h")                          => a b
                    device.lastSeenAt == null || device.tags.floor == "1"             => a c d
                    device.identifiers.imei in ["34", "35"]                           => c
                    device.enabled == false                                           => d
                    device.name.startsWith("Al")                                      => a
                    device.type == "generic" && device.id > "b"                       => c d
                    device.tags["note"] == "'; DROP TABLE device; --"                 => b
                    device.tags.site == "?" || device.tags["?|"] == "$1"              => -
                    size(device.tags) == 2                                            => a b
                    "north" in device.groups                                          => -
                    device.createdAt <= now                                           => a b c d
                    true == true && device.id == "a"                                  => a
                    true != false && true in [true, null] && device.enabled == false  => d
                    false == true || false in [true]                                  => -
                    """)
    void devicesAreFound(String filter, String expected) {
        assertThat(ids(api.get("/api/v1/devices?filter=" + encoded(filter)))).isEqualTo(words(expected));
        assertThat(ids(query(filter, ""))).isEqualTo(words(expected));
        Expression expression = search.language().compile(filter, "filter");
        assertThat(search.facts(new TenantId(fleet.tenant()), DEVICES).entrySet().stream()
                        .filter(device -> expression.test(device.getValue()))
                        .map(device -> device.getKey().value())
                        .sorted())
                .isEqualTo(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "device.id,a b c d",
        "-device.id,d c b a",
        "device.name,a c b d",
        "-device.name,c a b d",
        "device.state.reported.battery,a c b d",
        "-device.state.reported.battery,c a b d",
        "device.tags.site,a c b d",
        "-device.connected,a b c d",
        "device.lastSeenAt,a b c d",
        "device.createdAt,a b c d",
        "-device.createdAt,d c b a",
    })
    void devicesAreSortedAndPagedThrough(String sort, String expected) {
        assertThat(inPages(sort)).isEqualTo(words(expected));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String cursor = api.get("/api/v1/devices?limit=1").json().at("/next").asString();
        assertThat(api.get("/api/v1/devices?limit=1&sort=device.name&cursor=" + cursor)
                        .problem())
                .isEqualTo("invalid");
        assertThat(api.get("/api/v1/devices?filter=true&cursor=" + cursor).problem())
                .isEqualTo("invalid");
        assertThat(api.get("/api/v1/devices?cursor=" + cursor).status()).isEqualTo(200);
    }

    @Test
    void onlyTheFieldsAskedForComeBack() {
        JsonNode item = api.get("/api/v1/devices?limit=1&fields=id,tags").json().at("/items/0");
        assertThat(item.propertyNames()).containsExactly("id", "tags");
        assertThat(api.get("/api/v1/devices?fields=id,secret").problem()).isEqualTo("invalid");
    }

    @Test
    void devicesAreCounted() {
        JsonNode answer = query("true", ",\"groupBy\":\"device.tags.site\"").json();
        assertThat(answer.toString()).isEqualTo("""
                        {"groups":[{"value":"lyon","count":2},{"value":"paris","count":1},{"value":null,"count":1}],"total":4}""");
        assertThat(query("device.connected", ",\"groupBy\":\"device.state.reported.battery\"")
                        .json()
                        .at("/groups")
                        .toString())
                .contains("{\"value\":15,\"count\":1}", "{\"value\":\"full\",\"count\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"device.state.reported", "device.state.desired", "device.firmware"})
    void wholeDocumentsAreNeitherCountedNorSorted(String document) {
        assertThat(query("true", ",\"groupBy\":\"" + document + "\"").problem()).isEqualTo("invalid-expression");
        assertThat(api.get("/api/v1/devices?sort=" + document).problem()).isEqualTo("invalid-expression");
    }

    @Test
    void aCursorIsShortHoweverLongWhatIsSortedBy() {
        String same = "x".repeat(20_000);
        report("a", "{\"text\":\"" + same + "a\"}");
        report("b", "{\"text\":\"" + same + "\"}");
        report("c", "{\"text\":\"w" + same + "\"}");
        assertThat(inPages("device.state.reported.text")).isEqualTo(words("c a b d"));
        assertThat(inPages("-device.state.reported.text")).isEqualTo(words("a b c d"));
    }

    @Test
    void nobodySeesTheDevicesOfAnotherTenant() {
        Api other = new TestFleet(port, tokens).api();
        assertThat(ids(other.get("/api/v1/devices"))).isEmpty();
        assertThat(ids(other.get("/api/v1/devices?filter=" + encoded("true || device.id == 'a'"))))
                .isEmpty();
        assertThat(other.post("/api/v1/devices:query", "{\"groupBy\":\"device.id\"}")
                        .json()
                        .at("/total")
                        .asInt())
                .isZero();
    }

    @Test
    void aWrongExpressionIsExplained() {
        Api.Answer answer = api.get("/api/v1/devices?filter=" + encoded("device.enabled &&\n device.tgas.site == 'x'"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-expression");
        JsonNode error = answer.json().at("/errors/0");
        assertThat(error.at("/pointer").asString()).isEqualTo("filter");
        assertThat(error.at("/position/line").asInt()).isEqualTo(2);
        assertThat(error.at("/position/column").asInt()).isEqualTo(8);
        assertThat(error.at("/position/offset").asInt()).isEqualTo(25);
        assertThat(error.at("/hint").asString()).isEqualTo("did you mean device.tags?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device.id == 'x' --",
                "device.id; DROP TABLE device",
                "device.id ?| 'x'",
                "$1",
                "{",
                "\u0000",
                "1",
                "device.id == 'x' /* */",
                "device",
                "device.tags",
                "device.tags.a.b == 'x'"
            })
    void whatIsNoExpressionIsRefused(String filter) {
        assertThat(api.get("/api/v1/devices?filter=" + encoded(filter)).problem())
                .isEqualTo("invalid-expression");
    }

    @Test
    void aDeviceIsSeenWithItsFirmware() {
        jdbc.sql("UPDATE device SET firmware = '{\"version\":\"1.2.3\"}' WHERE tenant = ? AND id = 'a'")
                .param(fleet.tenant())
                .update();
        api.patch("/api/v1/devices/a", "{\"name\":\"Other\"}");
        assertThat(api.get("/api/v1/devices/a").json().at("/firmware/version").asString())
                .isEqualTo("1.2.3");
        assertThat(ids(query("device.firmware.version == '1.2.3'", ""))).containsExactly("a");
    }

    @Test
    void rareDevicesAreFoundBehindManyOthers() {
        makeManyDevices();
        assertThat(ids(api.get("/api/v1/devices?filter=" + encoded("device.tags.last == 'yes'"))))
                .containsExactly("many-5999", "many-6000");
        assertThat(ids(api.get("/api/v1/devices?sort=-device.id&filter=" + encoded("device.id < 'b'"))))
                .containsExactly("a");
        JsonNode page = api.get("/api/v1/devices?limit=1&filter=" + encoded("device.tags.last == 'yes'"))
                .json();
        assertThat(ids(api.get("/api/v1/devices?limit=1&filter=" + encoded("device.tags.last == 'yes'") + "&cursor="
                        + page.at("/next").asString())))
                .containsExactly("many-6000");
        assertThat(query("true", ",\"groupBy\":\"device.id\"")
                        .json()
                        .at("/rest")
                        .toString())
                .isEqualTo("{\"groups\":5004,\"count\":5004}");
    }

    @Test
    void whatTakesTooLongIsRefused(@Autowired PlatformTransactionManager transactions, @Autowired JsonMapper json) {
        makeManyDevices();
        DeviceSearch hasty = new DeviceSearch(
                jdbc, json, new QueryProperties(Duration.ofMillis(1)), new GroupDefinitions(jdbc), Clock.systemUTC());
        Expression slow =
                hasty.language().compile("device.tags.none.contains('x') || size(device.tags) > 64", "filter");
        assertThatThrownBy(() -> new TransactionTemplate(transactions)
                        .execute(_ -> hasty.count(new TenantId(fleet.tenant()), slow)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.kind().name()).isEqualTo("query-too-slow"));
    }

    private List<String> inPages(String sort) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/devices?limit=1&sort=" + sort + "&cursor=" + cursor)
                    .json();
            page.at("/items").forEach(item -> all.add(item.at("/id").asString()));
            cursor = page.at("/next").asString("");
            assertThat(cursor).hasSizeLessThan(4_000);
        } while (!cursor.isEmpty());
        return all;
    }

    private void makeManyDevices() {
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        SELECT ?, 'many-' || lpad(number::text, 4, '0'), 'generic',
                               CASE WHEN number > 5998 THEN '{"last": "yes"}' ELSE '{}' END::jsonb, '{}', true, now(), 1
                        FROM generate_series(1, 6000) AS number""").param(fleet.tenant()).update();
        jdbc.sql(
                        "INSERT INTO presence (tenant, device) SELECT tenant, id FROM device WHERE tenant = ? AND id LIKE 'many-%'")
                .param(fleet.tenant())
                .update();
    }

    private Api.Answer query(String filter, String more) {
        return api.post(
                "/api/v1/devices:query", "{\"filter\":" + JsonMapper.shared().writeValueAsString(filter) + more + "}");
    }

    private static List<String> ids(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().at("/items").spliterator(), false)
                .map(item -> item.at("/id").asString())
                .toList();
    }

    private static List<String> words(String words) {
        return words.equals("-") ? List.of() : List.of(words.split(" ", -1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
