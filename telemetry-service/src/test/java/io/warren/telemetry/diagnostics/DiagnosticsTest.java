package io.warren.telemetry.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceTopics;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs and events from the message to the answer, without the broker between. */
@Backed
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "warren.ingest.enabled=false",
            "warren.logs-and-events.enabled=false",
            "warren.logs-and-events.device-entries=1500",
            "warren.directory.registry-url=http://127.0.0.1:1"
        })
class DiagnosticsTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    DiagnosticReading reading;

    @Autowired
    DiagnosticIntake intake;

    @Autowired
    DiagnosticTables tables;

    @Autowired
    HeldDiagnostics release;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void register() {
        jdbc.update("INSERT INTO device VALUES (?, 'pump', 1, false), (?, 'valve', 1, false)", tenant, tenant);
    }

    @Test
    void whatTheBrokerDeliversAgainIsStoredOnce() {
        String body =
                "[{\"level\":\"warn\",\"message\":\"a\"},{\"level\":\"warn\",\"message\":\"a\"},{\"message\":\"b\"}]";
        long arrived = now.toEpochMilli();
        take("pump.up.logs", body, arrived, false);
        take("pump.up.logs", body, arrived, true);
        assertThat(messages("/api/v1/devices/pump/logs?sort=ts")).containsExactly("a", "a", "b");

        take("pump.up.events.door", "{\"data\":{\"open\":true}}", arrived, false);
        take("pump.up.events.door", "{\"data\":{\"open\":true}}", arrived, true);
        assertThat(items("/api/v1/devices/pump/events")).hasSize(1);
    }

    @Test
    void pagesFollowOneAnotherInBothDirectionsAndKeepTheOrderOfArrival() {
        List<String> expected = new ArrayList<>();
        for (int message = 0; message < 10; message++) {
            // two messages share each time, and they lie days apart
            Instant ts = now.minus(Duration.ofDays(28 - message / 2 * 4L));
            String lines = IntStream.range(message * 3, message * 3 + 3)
                    .peek(n -> expected.add("line " + n))
                    .mapToObj(n -> "{\"ts\":\"%s\",\"message\":\"line %d\"}".formatted(ts, n))
                    .collect(Collectors.joining(",", "[", "]"));
            take("pump.up.logs", lines, now.toEpochMilli() + message, false);
        }
        assertThat(walk("/api/v1/devices/pump/logs?limit=4&sort=ts")).isEqualTo(expected);
        assertThat(walk("/api/v1/logs?limit=7")).isEqualTo(expected.reversed());
        assertThat(walk("/api/v1/logs?limit=3&text=line&sort=ts")).isEqualTo(expected);
    }

    @Test
    void aLevelIsTheLeastAndATextIsWords() {
        take(
                "pump.up.logs",
                """
                [{"ts":%1$d,"level":"debug","message":"opening the valve"},
                 {"ts":%2$d,"level":"warn","message":"Valve is slow: 12.5 s"},
                 {"ts":%3$d,"level":"fatal","message":"the pump's bearing has failed; see @other #valve"}]""".formatted(now.toEpochMilli(), now.toEpochMilli() + 1, now.toEpochMilli() + 2),
                now.toEpochMilli(),
                false);
        assertThat(messages("/api/v1/logs?level=warn")).hasSize(2);
        assertThat(messages("/api/v1/logs?level=error")).hasSize(1);
        assertThat(messages("/api/v1/logs?text=VALVE")).hasSize(3);
        assertThat(messages("/api/v1/logs?text=" + encoded("valve slow"))).hasSize(1);
        assertThat(messages("/api/v1/logs?level=error&text=slow")).isEmpty();
        assertThat(messages("/api/v1/devices/valve/logs?text=valve")).isEmpty();
        assertThat(messages("/api/v1/logs?text=" + encoded("' | ! & <-> :* \\ valve")))
                .hasSize(3);
        assertThat(messages("/api/v1/logs?text=" + encoded("@" + tenant))).isEmpty();
    }

    @Test
    void aSearchForWordsIsAnsweredByTheirIndex() {
        List<@Nullable String> plan =
                jdbc.execute((org.springframework.jdbc.core.ConnectionCallback<List<@Nullable String>>) connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SET enable_seqscan = off");
                        List<@Nullable String> lines = new ArrayList<>();
                        try (var rows = statement.executeQuery("""
                                EXPLAIN SELECT 1 FROM device_log WHERE tenant = 'acme'
                                AND (array_to_tsvector(ARRAY['@' || tenant, '#' || device]) || to_tsvector('simple', message))
                                    @@ ('''@acme'''::tsquery && plainto_tsquery('simple', 'valve'))""")) {
                            while (rows.next()) {
                                lines.add(rows.getString(1));
                            }
                        }
                        statement.execute("RESET enable_seqscan");
                        return lines;
                    }
                });
        assertThat(plan).anyMatch(line -> String.valueOf(line).contains("Bitmap Index Scan"));
    }

    @Test
    void whatAnotherTenantHasIsNotFound() {
        String other = "o" + tenant.substring(1);
        jdbc.update("INSERT INTO device VALUES (?, 'pump', 1, false)", other);
        take(other, "pump.up.logs", "{\"level\":\"fatal\",\"message\":\"secret\"}", now.toEpochMilli(), false);
        take(
                other,
                "pump.up.events.door",
                "{\"severity\":\"critical\",\"data\":{\"secret\":1}}",
                now.toEpochMilli(),
                false);
        take("pump.up.logs", "{\"message\":\"mine\"}", now.toEpochMilli(), false);
        String stolen = get(other, "/api/v1/logs?limit=1").body();

        assertThat(messages("/api/v1/logs")).containsExactly("mine");
        assertThat(messages("/api/v1/devices/pump/logs")).containsExactly("mine");
        assertThat(messages("/api/v1/logs?text=secret&level=fatal")).isEmpty();
        assertThat(messages("/api/v1/logs?text=" + encoded("secret @" + other))).isEmpty();
        assertThat(items("/api/v1/events?type=door")).isEmpty();
        assertThat(items("/api/v1/devices/pump/events?severity=info")).isEmpty();
        assertThat(stolen).contains("secret");
        assertThat(get("/api/v1/devices/" + other + "/logs").statusCode()).isIn(404, 503);
    }

    @Test
    void eventsAreFoundByTypeAndLeastSeverityAndComeBackAsTheyWere() {
        long at = now.toEpochMilli();
        take("pump.up.events.door", "{\"ts\":%d,\"data\":{\"open\":true,\"n\":2.50}}".formatted(at), at, false);
        take("pump.up.events.leak", "{\"ts\":%d,\"severity\":\"critical\",\"data\":{}}".formatted(at + 1), at, false);
        take("valve.up.events.door", "{\"ts\":%d,\"severity\":\"error\",\"data\":{}}".formatted(at + 2), at, false);

        assertThat(types("/api/v1/events")).containsExactly("valve door", "pump leak", "pump door");
        assertThat(types("/api/v1/events?severity=error")).containsExactly("valve door", "pump leak");
        assertThat(types("/api/v1/events?type=door")).containsExactly("valve door", "pump door");
        assertThat(types("/api/v1/devices/pump/events?type=door&severity=warning"))
                .isEmpty();
        JsonNode door = items("/api/v1/devices/pump/events?type=door").getFirst();
        assertThat(door.at("/severity").asString()).isEqualTo("info");
        assertThat(door.at("/data").toString()).isEqualTo("{\"n\":2.50,\"open\":true}");
        assertThat(door.at("/ts").asString()).isEqualTo(now.toString());
    }

    @Test
    void badLinesAreListedAndTheGoodAroundThemAreStored() {
        take(
                "pump.up.logs",
                "[{\"message\":\"good\"},{\"level\":\"loud\",\"message\":\"x\"},{\"message\":\"\\u0000\"},7,{\"message\":\"too\"}]",
                now.toEpochMilli(),
                false);
        take("pump.up.logs", "[{\"message\":", now.toEpochMilli() + 1, false);
        take("pump.up.events.door", "{\"data\":{\"n\":1e400}}", now.toEpochMilli() + 2, false);
        take(
                "pump.up.events.door",
                "{\"data\":" + "{\"a\":".repeat(20) + "1" + "}".repeat(21),
                now.toEpochMilli(),
                false);
        take("pump.up.events.a.b", "{\"data\":{}}", now.toEpochMilli() + 3, false);
        assertThat(messages("/api/v1/logs?sort=ts")).containsExactly("good", "too");
        assertThat(items("/api/v1/events")).isEmpty();
        assertThat(items("/api/v1/telemetry/rejected"))
                .extracting(item -> item.at("/reason").asString())
                .containsExactlyInAnyOrder(
                        "invalid-level",
                        "invalid-value",
                        "malformed",
                        "malformed",
                        "invalid-value",
                        "invalid-value",
                        "invalid-type");
    }

    @Test
    void aLongMessageIsCutBetweenCharactersAndSaysSo() {
        take("pump.up.logs", "{\"message\":\"x" + "\u20ac".repeat(3000) + "\"}", now.toEpochMilli(), false);
        JsonNode line = items("/api/v1/logs").getFirst();
        assertThat(line.at("/truncated").booleanValue()).isTrue();
        assertThat(line.at("/message").asString()).isEqualTo("x" + "\u20ac".repeat(1365));
    }

    @Test
    void aDeviceThatFloodsIsStoppedAndListedOnceWhileOthersGoOn() {
        String many =
                Collections.nCopies(1000, "{\"message\":\"x\"}").stream().collect(Collectors.joining(",", "[", "]"));
        take("pump.up.logs", many, now.toEpochMilli(), false);
        for (int n = 1; n < 4; n++) {
            take("pump.up.logs", many, now.toEpochMilli() + n, false);
        }
        take("valve.up.logs", "{\"message\":\"calm\"}", now.toEpochMilli(), false);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM device_log WHERE tenant = ?", Long.class, tenant))
                .isEqualTo(1001);
        assertThat(items("/api/v1/telemetry/rejected"))
                .extracting(item -> item.at("/reason").asString())
                .containsExactly("device-rate");
    }

    @Test
    void whatATenantKeepsForLessIsRemovedAndNotShownBefore() {
        take(
                "pump.up.logs",
                "{\"ts\":\"%s\",\"message\":\"old\"}".formatted(now.minus(Duration.ofDays(9))),
                now.toEpochMilli(),
                false);
        take("pump.up.logs", "{\"message\":\"new\"}", now.toEpochMilli(), false);
        jdbc.update("INSERT INTO tenant (tenant, version, deleted, max_stored_days) VALUES (?, 1, false, 5)", tenant);
        tables.prune();
        assertThat(jdbc.queryForList("SELECT message FROM device_log WHERE tenant = ?", String.class, tenant))
                .containsExactly("new");
    }

    @Test
    void aRefusalThatCannotBeKeptTakesNoOtherMessageWithIt() {
        jdbc.execute("ALTER TABLE rejection ADD CONSTRAINT cursed CHECK (tenant <> '" + tenant + "')");
        try {
            intake.take("telemetry.logs", List.of(read("[{"), read("{\"message\":\"good\"}")));
        } finally {
            jdbc.execute("ALTER TABLE rejection DROP CONSTRAINT cursed");
        }
        assertThat(messages("/api/v1/logs")).containsExactly("good");
    }

    @Test
    void aHeldMessageOfADroppedDayIsStoredAndNotRefused() {
        Instant ts = now.minus(Duration.ofDays(13));
        String line = "{\"ts\":\"%s\",\"message\":\"%s\"}";
        take("pump.up.logs", line.formatted(ts, "first"), now.toEpochMilli(), false);
        jdbc.execute("DROP TABLE device_log_"
                + LocalDate.ofInstant(ts, ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE));
        hold("pump", topic("pump"), line.formatted(ts, "held"));
        release.release();
        assertThat(messages("/api/v1/devices/pump/logs")).containsExactly("held");
        assertThat(items("/api/v1/telemetry/rejected")).isEmpty();
    }

    @Test
    void aHeldMessageThatCannotBeTakenHoldsUpNobody() {
        hold("valve", "nonsense", "{\"message\":\"bad\"}");
        hold("pump", topic("pump"), "{\"message\":\"good\"}");
        release.release();
        assertThat(messages("/api/v1/devices/pump/logs")).containsExactly("good");
        assertThat(jdbc.queryForList("SELECT device FROM held_message WHERE tenant = ?", String.class, tenant))
                .containsExactly("valve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/logs?level=loud",
                "/api/v1/logs?text=%3F%21",
                "/api/v1/logs?text=a%00",
                "/api/v1/logs?text=",
                "/api/v1/logs?cursor=nonsense",
                "/api/v1/logs?limit=501",
                "/api/v1/logs?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "/api/v1/logs?sort=level",
                "/api/v1/logs?device=pump",
                "/api/v1/events?severity=bad",
                "/api/v1/events?type=a.b"
            })
    void aQuestionThatCannotBeMeantIsRefused(String path) {
        assertThat(get(path).statusCode()).isEqualTo(422);
    }

    private void take(String topic, String body, long arrivedMillis, boolean again) {
        take(tenant, topic, body, arrivedMillis, again);
    }

    private void take(String of, String topic, String body, long arrivedMillis, boolean again) {
        intake.take(
                "telemetry.logs",
                List.of(reading.read(
                        DeviceTopics.parseUp("v1." + of + "." + topic).orElseThrow(),
                        null,
                        arrivedMillis,
                        body.getBytes(StandardCharsets.UTF_8),
                        again)));
    }

    private DiagnosticMessage read(String body) {
        return reading.read(
                DeviceTopics.parseUp("v1." + tenant + ".pump.up.logs").orElseThrow(),
                null,
                now.toEpochMilli(),
                body.getBytes(StandardCharsets.UTF_8),
                false);
    }

    /** As if a gateway device had said it before it was known to speak for the device, which it is now. */
    private void hold(String device, String topic, String body) {
        jdbc.update("UPDATE device SET gateway = 'edge' WHERE tenant = ? AND device = ?", tenant, device);
        jdbc.update("""
                INSERT INTO held_message (kind, tenant, gateway, device, routing_key, arrived, received_at, body, held_at)
                VALUES ('DIAGNOSTIC', ?, 'edge', ?, ?, ?, 0, ?, now())""", tenant, device, topic, now.toEpochMilli(), body.getBytes(StandardCharsets.UTF_8));
    }

    private String topic(String device) {
        return "v1.%s.edge.up.via.%s.logs".formatted(tenant, device);
    }

    private List<String> walk(String path) {
        List<String> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(get(path + (next.isEmpty() ? "" : "&cursor=" + next)));
            page.at("/items").forEach(item -> all.add(item.at("/message").asString()));
            next = page.at("/next").asString("");
        } while (!next.isEmpty());
        return all;
    }

    private List<String> messages(String path) {
        return items(path).stream().map(item -> item.at("/message").asString()).toList();
    }

    private List<String> types(String path) {
        return items(path).stream()
                .map(item ->
                        item.at("/device").asString() + " " + item.at("/type").asString())
                .toList();
    }

    private List<JsonNode> items(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/items").valueStream().toList();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(answer.body());
    }

    private HttpResponse<String> get(String path) {
        return get(tenant, path);
    }

    private HttpResponse<String> get(String of, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", tokens.bearer(of, "viewer"))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
