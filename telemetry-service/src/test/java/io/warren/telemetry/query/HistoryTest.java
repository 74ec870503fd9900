package io.warren.telemetry.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.warren.platform.web.Cursor;
import io.warren.telemetry.measurement.Measurement;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.measurement.StreamName;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Backed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "warren.ingest.enabled=false")
class HistoryTest {

    private static final HttpServer REGISTRY = registry();
    private static final AtomicInteger REGISTRY_ANSWER = new AtomicInteger(404);
    private static final AtomicReference<@Nullable String> REGISTRY_WAS_SHOWN = new AtomicReference<>();

    @Autowired
    Measurements measurements;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant today = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add(
                "warren.directory.registry-url",
                () -> "http://127.0.0.1:" + REGISTRY.getAddress().getPort());
    }

    @BeforeEach
    void register() {
        jdbc.update("INSERT INTO device VALUES ('acme', ?, 1, false)", device);
    }

    @Test
    void pagesFollowOneAnotherInBothDirections() {
        List<String> expected = new ArrayList<>();
        List<Measurement> all = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            // every three share a time, and they lie some days apart
            Instant ts = today.minus(Duration.ofDays(40 - n / 3 * 4L));
            all.add(measurement(n % 2 == 0 ? "env" : "motor", ts, n, "{\"n\":" + n + "}"));
            expected.add(String.valueOf(n));
        }
        store(all);
        assertThat(walk("?limit=4")).isEqualTo(expected);
        assertThat(walk("?limit=7&sort=-ts")).isEqualTo(expected.reversed());
        assertThat(walk("?limit=3&stream=motor"))
                .isEqualTo(expected.stream()
                        .filter(n -> Integer.parseInt(n) % 2 == 1)
                        .toList());
    }

    @Test
    void theRangeIsFromOneTimeUpToButNotIncludingAnother() {
        store(List.of(
                measurement("env", today, 0, "{\"n\":0}"),
                measurement("env", today.plusMillis(1), 1, "{\"n\":1}"),
                measurement("env", today.plusMillis(2), 2, "{\"n\":2}")));
        assertThat(walk("?from=" + today.plusMillis(1) + "&to=" + today.plusMillis(2)))
                .containsExactly("1");
        assertThat(walk("?to=" + today)).isEmpty();
        assertThat(walk("?from=" + today.minus(Duration.ofDays(1000)))).hasSize(3);
    }

    @Test
    void onlyTheKeysThatAreAskedForAreShown() {
        store(List.of(
                measurement("env", today, 0, "{\"n\":0,\"a\":1,\"b\":2}"),
                measurement("env", today.plusMillis(1), 1, "{\"n\":1,\"b\":2}"),
                measurement("env", today.plusMillis(2), 2, "{\"n\":2,\"a\":{\"lat\":1}}")));
        JsonNode items = get("?keys=a,n&keys", 422);
        assertThat(items.at("/errors/0/pointer").stringValue()).isEqualTo("keys");
        items = get("?keys=a,x", 200).get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("values").toString()).isEqualTo("{\"a\":1}");
        assertThat(items.get(1).get("values").toString()).isEqualTo("{\"a\":{\"lat\":1}}");
    }

    @Test
    void timesAreAsPreciseAsTheyAre() {
        store(List.of(
                measurement("env", today, 0, "{\"n\":0}"),
                measurement("env", today.plusMillis(250), 1, "{\"n\":1}"),
                measurement("env", today.plusNanos(500_001_000), 2, "{\"n\":2}")));
        JsonNode items = get("", 200).get("items");
        assertThat(items.get(0).get("ts").stringValue()).isEqualTo(today.toString());
        assertThat(items.get(1).get("ts").stringValue()).endsWith(":00.250Z");
        assertThat(items.get(2).get("ts").stringValue()).endsWith(":00.500001Z");
        assertThat(items.get(0).propertyNames()).containsExactly("ts", "stream", "seq", "values", "receivedAt");
    }

    @Test
    void theLatestIsTheNewestOfEachStream() {
        store(List.of(
                measurement("env", today.minus(Duration.ofDays(30)), 1, "{\"n\":1}"),
                measurement("env", today, 2, "{\"n\":2}"),
                measurement("motor/left", today.minus(Duration.ofDays(90)), 3, "{\"n\":3}")));
        JsonNode items = get("/latest", 200).get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).at("/values/n").intValue()).isEqualTo(2);
        assertThat(items.get(1).get("stream").stringValue()).isEqualTo("motor/left");
        assertThat(get("/latest?stream=env", 200).get("items")).hasSize(1);
    }

    @Test
    void largeValuesMakeShorterPages() {
        String filling = "x".repeat(250_000);
        List<Measurement> all = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            all.add(measurement("env", today.plusMillis(n), n, "{\"n\":" + n + ",\"x\":\"" + filling + "\"}"));
        }
        store(all);
        JsonNode page = get("?limit=500", 200);
        assertThat(page.get("items")).hasSizeBetween(10, 20);
        assertThat(page.has("next")).isTrue();
        List<String> expected = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
        assertThat(walk("?limit=500")).isEqualTo(expected);
        assertThat(walk("?limit=500&sort=-ts")).isEqualTo(expected.reversed());
        assertThat(get("?limit=500&keys=n", 200).get("items")).hasSize(40);
    }

    @Test
    void oneMeasurementIsAPageHoweverLargeItIs() {
        String filling = "x".repeat(5 << 20);
        store(List.of(
                measurement("env", today, 0, "{\"n\":0,\"x\":\"" + filling + "\"}"),
                measurement("env", today.plusMillis(1), 1, "{\"n\":1,\"x\":\"" + filling + "\"}")));
        assertThat(get("", 200).get("items")).hasSize(1);
        assertThat(walk("?limit=500")).containsExactly("0", "1");
    }

    @Test
    void theLatestOfManyStreamsWithLargeValuesIsOnSeveralPages() {
        String filling = "x".repeat(250_000);
        List<Measurement> all = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int n = 10; n < 50; n++) {
            all.add(measurement("s" + n, today, n, "{\"n\":" + n + ",\"x\":\"" + filling + "\"}"));
            expected.add(String.valueOf(n));
        }
        store(all);
        assertThat(get("/latest", 200).get("items")).hasSizeBetween(10, 20);
        assertThat(walk("/latest?keys=n,x")).isEqualTo(expected);
        assertThat(get("/latest?keys=n", 200).get("items")).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z"})
    void aCursorWithATimeThatIsNoneIsFollowedToTheEndOfTime(String time) {
        store(List.of(measurement("env", today, 0, "{\"n\":0}")));
        String cursor = Cursor.after(time, time, 0).encode();
        get("?cursor=" + cursor, 200);
        get("?sort=-ts&cursor=" + cursor, 200);
    }

    @Test
    void whatHasOutlivedItsRetentionIsNoLongerRead() {
        Instant past = today.minus(Duration.ofDays(200));
        store(List.of(
                measurement("env", past, 1, "{\"n\":1}"),
                measurement("env", today, 2, "{\"n\":2}"),
                measurement("motor", past, 3, "{\"n\":3}")));
        jdbc.execute(
                "DROP TABLE measurement_" + past.toString().substring(0, 10).replace("-", ""));
        measurements.forgetPartitions();
        assertThat(walk("?limit=1")).containsExactly("2");
        assertThat(walk("?sort=-ts")).containsExactly("2");
        assertThat(get("/latest", 200).get("items")).hasSize(1);
        assertThat(get("/latest?stream=motor", 200).get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?bucket=1h",
                "?aggregate=avg",
                "?limit=0",
                "?limit=501",
                "?limit=ten",
                "?cursor=abc",
                "?cursor=MQ",
                "/latest?cursor=MQox",
                "?from=yesterday",
                "?from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z",
                "?sort=seq",
                "?stream=a%00b",
                "?keys=",
                "?keys=a%00",
                "/latest?limit=1",
                "/latest?stream=.."
            })
    void aQuestionThatCannotBeAnsweredIsRefusedAndNotGuessedAt(String question) {
        JsonNode problem = get(question, null);
        assertThat(problem.get("status").intValue()).isIn(400, 422);
        assertThat(problem.get("type").stringValue()).startsWith("urn:warren:problem:");
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        store(List.of(measurement("env", today, 0, "{\"n\":0}")));
        REGISTRY_ANSWER.set(404);
        assertThat(ask("rival", "", 404).get("type").stringValue()).isEqualTo("urn:warren:problem:device-not-found");
        assertThat(ask("rival", "/latest", 404)).isNotNull();
    }

    @Test
    void aDeletedDeviceDoesNotExistAndItsRegistryIsNotAsked() {
        jdbc.update("UPDATE device SET deleted = true WHERE device = ?", device);
        REGISTRY_ANSWER.set(200);
        get("", 404);
    }

    @Test
    void theRegistryKnowsADeviceBeforeItsEventArrives() {
        jdbc.update("DELETE FROM device WHERE device = ?", device);
        REGISTRY_ANSWER.set(200);
        assertThat(get("", 200).get("items")).isEmpty();
        assertThat(REGISTRY_WAS_SHOWN.get()).startsWith("Bearer ey");
        REGISTRY_ANSWER.set(500);
        assertThat(get("", 503).get("type").stringValue()).isEqualTo("urn:warren:problem:unavailable");
    }

    @Test
    void withoutATokenThereIsNothing() {
        RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .get()
                .uri("/api/v1/devices/{device}/telemetry", device)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private Measurement measurement(String stream, Instant ts, int n, String values) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, ts);
        long received = ChronoUnit.MICROS.between(Instant.EPOCH, today) + n;
        return new Measurement(new StreamName("acme", device, stream), micros, n, true, received, values);
    }

    private void store(List<Measurement> all) {
        assertThat(measurements.prepare(all)).isEmpty();
        transaction.executeWithoutResult(_ -> assertThat(measurements.add(all)).isEqualTo(all.size()));
    }

    /** The values of n on all pages. */
    private List<String> walk(String question) {
        List<String> numbers = new ArrayList<>();
        JsonNode page = get(question, 200);
        while (true) {
            page.get("items").forEach(item -> numbers.add(item.at("/values/n").asString()));
            if (!page.has("next")) {
                return numbers;
            }
            assertThat(numbers).hasSizeLessThan(1000);
            page = get(question + "&cursor=" + page.get("next").stringValue(), 200);
        }
    }

    private JsonNode get(String question, @Nullable Integer status) {
        return ask("acme", question, status);
    }

    private JsonNode ask(String tenant, String question, @Nullable Integer status) {
        var answer = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, tokens.bearer(tenant, "viewer"))
                .build()
                .get()
                .uri(java.net.URI.create(
                        "http://127.0.0.1:" + port + "/api/v1/devices/" + device + "/telemetry" + question))
                .exchange()
                .returnResult(String.class);
        if (status != null) {
            assertThat(answer.getStatus().value()).as(answer.getResponseBody()).isEqualTo(status);
        }
        return JsonMapper.shared().readTree(Objects.requireNonNull(answer.getResponseBody()));
    }

    private static HttpServer registry() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/v1/devices/", exchange -> {
                try (exchange) {
                    REGISTRY_WAS_SHOWN.set(exchange.getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION));
                    exchange.sendResponseHeaders(REGISTRY_ANSWER.get(), -1);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
