package io.warren.registry.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.platform.outbox.Outbox;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.timeline.DeviceTimeline.Note;
import io.warren.testing.backing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@RegistryTest
class TimelineTest {

    private static final String PUMP = "/api/v1/devices/pump";

    @Autowired
    TestTokens tokens;

    @Autowired
    DeviceTimeline timeline;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @LocalServerPort
    int port;

    String tenant = "tl-" + UUID.randomUUID().toString().substring(0, 8);

    @SuppressWarnings("NullAway.Init")
    Api api;

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put(PUMP, "{}");
    }

    @Test
    void whatHappensToADeviceIsInItsTimelineNewestFirst() {
        String credential = api.post(PUMP + "/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/id")
                .asString();
        api.put(PUMP, "{\"name\":\"Pump 17\"}");
        String command = api.as(tenant, "operator")
                .post(PUMP + "/commands", "{\"name\":\"identify\"}")
                .json()
                .at("/id")
                .asString();
        api.as(tenant, "operator").post(PUMP + "/commands/" + command + ":cancel", "");
        api.delete(PUMP + "/credentials/" + credential);

        assertThat(events(""))
                .containsExactly(
                        "credential revoked",
                        "command cancelled",
                        "command queued",
                        "device updated",
                        "credential added",
                        "device registered");
        JsonNode items = items("?kind=command,device");
        assertThat(items.at("/0/details/command").asString()).isEqualTo(command);
        assertThat(items.at("/0/details/name").asString()).isEqualTo("identify");
        assertThat(items.at("/2/details/name").asString()).isEqualTo("Pump 17");
        assertThat(items.at("/2/details").has("tenant")).isFalse();
        assertThat(items.at("/2/at").asString()).isNotEmpty();
    }

    @Test
    void aDeviceThatIsDeletedHasATimelineUntilItsHistoryIsOver() {
        api.delete(PUMP);
        assertThat(events("")).containsExactly("device deleted", "device registered");
        api.put(PUMP, "{}");
        assertThat(events("")).containsExactly("device registered", "device deleted", "device registered");
        assertThat(api.get("/api/v1/devices/stranger/timeline").status()).isEqualTo(404);
        assertThat(api.as("other-" + tenant, "viewer").get(PUMP + "/timeline").status())
                .isEqualTo(404);
    }

    @Test
    void pagesGoOnWhereTheyEndedAlsoAmongEntriesOfTheSameTime() {
        Instant noon = clock.instant().minus(Duration.ofHours(1));
        write(IntStream.range(0, 25)
                .mapToObj(number -> note(noon.plusMillis(number / 10), "number", number))
                .toList());
        List<Integer> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(PUMP + "/timeline?kind=test&limit=4&cursor=" + cursor)
                    .json();
            page.at("/items")
                    .forEach(item -> seen.add(item.at("/details/number").asInt()));
            cursor = page.path("next").asString("");
            // what comes late takes its place in time, which is behind or before where this reader is
            write(List.of(note(noon.plusMillis(5), "late", -1)));
        } while (!cursor.isEmpty());
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 25).map(i -> 24 - i).boxed().toList());
    }

    @Test
    void aPartOfTheTimeIsFromItsBeginningToBeforeItsEnd() {
        Instant noon = clock.instant().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        write(List.of(
                note(noon, "number", 0),
                note(noon.plusSeconds(1), "number", 1),
                note(noon.plusSeconds(2), "number", 2)));
        assertThat(events("?kind=test&from=" + noon + "&to=" + noon.plusSeconds(2)))
                .hasSize(2);
        assertThat(events("?kind=test&from=" + noon.plusSeconds(1))).hasSize(2);
        assertThat(events("?kind=test&to=" + noon)).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThat(api.get(PUMP + "/timeline?from=yesterday").status()).isEqualTo(422);
        assertThat(api.get(PUMP + "/timeline?kind=No!").status()).isEqualTo(422);
        assertThat(api.get(PUMP + "/timeline?from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z")
                        .status())
                .isEqualTo(422);
        assertThat(api.get(PUMP + "/timeline?cursor=bm9uc2Vuc2U").status()).isEqualTo(422);
        assertThat(api.get(PUMP + "/timeline?from=-1000000000-01-01T00:00:00Z").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsOlderThanHistoryIsPassedOverAndWhatIsFarAheadIsNotLost() {
        write(List.of(
                note(clock.instant().minus(Duration.ofDays(400)), "number", 0),
                note(clock.instant().plus(Duration.ofDays(400)), "number", 1),
                note(clock.instant().minus(Duration.ofDays(29)), "number", 2)));
        assertThat(items("?kind=test"))
                .extracting(item -> item.at("/details/number").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void membersThatAreVeryLongAreLeftOutAndNamed(@Autowired TimelineNotes notes) {
        record Reported(String tenant, String device, String state, int version) {}
        Note note = notes.of(new Outbox.Event("state.reported.v1", new Reported(tenant, "pump", "x".repeat(3_000), 7)))
                .orElseThrow();
        assertThat(note.details()).isEqualTo("{\"version\":7,\"omitted\":[\"state\"]}");
        assertThat(note.kind()).isEqualTo("state");
        assertThat(note.event()).isEqualTo("reported");
    }

    @Test
    void theNewestPartitionIsAskedFirstAndOthersOnlyIfThePageIsNotFull() {
        write(IntStream.range(0, 60)
                .mapToObj(number -> note(clock.instant().minusSeconds(number), "number", number))
                .toList());
        List<String> plan =
                jdbc.sql("""
                        EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)
                        SELECT at, seq, kind, event, details FROM device_timeline
                        WHERE tenant = ? AND device = 'pump' AND at >= '1970-01-01'
                          AND at <= '9999-12-31' AND (at, seq) < ('9999-12-31', 0)
                        ORDER BY at DESC, seq DESC LIMIT 51""").param(tenant).query((row, _) -> row.getString(1)).list();
        assertThat(plan).noneMatch(line -> line.contains("Sort"));
        assertThat(plan).anyMatch(line -> line.contains("never executed"));
    }

    @Test
    void partitionsThatHaveOutlivedTheirTimeAreDropped(@Autowired TimelinePartitions partitions) {
        jdbc.sql("CREATE TABLE device_timeline_20250106 (LIKE device_timeline INCLUDING ALL)")
                .update();
        jdbc.sql("""
                        ALTER TABLE device_timeline ATTACH PARTITION device_timeline_20250106
                        FOR VALUES FROM ('2025-01-06 00:00:00+00') TO ('2025-01-13 00:00:00+00')""").update();
        partitions.upkeep();
        List<String> left = jdbc.sql("""
                        SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
                        WHERE inhparent = 'device_timeline'::regclass""").query((row, _) -> row.getString(1)).list();
        assertThat(left).doesNotContain("device_timeline_20250106").hasSizeBetween(7, 8);
    }

    private void write(List<Note> notes) {
        transactions.executeWithoutResult(_ -> timeline.write(notes));
    }

    private Note note(Instant at, String name, int value) {
        return new Note(tenant, "pump", at, "test", "noted", "{\"" + name + "\":" + value + "}");
    }

    private List<String> events(String query) {
        return StreamSupport.stream(items(query).spliterator(), false)
                .map(item ->
                        item.at("/kind").asString() + " " + item.at("/event").asString())
                .toList();
    }

    private JsonNode items(String query) {
        return api.get(PUMP + "/timeline" + query).json().at("/items");
    }
}
