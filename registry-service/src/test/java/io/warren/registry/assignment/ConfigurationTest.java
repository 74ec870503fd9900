package io.warren.registry.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.TestFleet;
import io.warren.registry.configuration.ConfigurationChanged;
import io.warren.registry.document.Documents;
import io.warren.registry.state.StateReporting;
import io.warren.registry.timeline.FirmwareInstalled;
import io.warren.testing.backing.TestTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configurations, with the loop of the service at work. */
@RegistryTest
class ConfigurationTest {

    private static final String FAST = "/api/v1/configurations/fast";
    private static final String SLOW = "/api/v1/configurations/slow";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StateReporting reporting;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Sweeps sweeps;

    @Autowired
    SweepRounds sweepRounds;

    @Autowired
    LockWaits waits;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    StatementCount statements;

    @LocalServerPort
    int port;

    final AtomicInteger messages = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    TestFleet fleet;

    @SuppressWarnings("NullAway.Init")
    Api api;

    @BeforeEach
    void makeATenant() {
        fleet = new TestFleet(port, tokens);
        api = fleet.api();
    }

    @Test
    void devicesGetWhatIsMeantForThemAndTheNextInLineAfterThat() {
        device("pump", "{\"tags\":{\"site\":\"lyon\"}}");
        device("valve", "{\"tags\":{\"site\":\"paris\"}}");
        configure(FAST, "device.tags.site == 'lyon'", 10, "{\"interval\":10,\"mode\":\"fast\"}");
        configure(SLOW, "true", 1, "{\"interval\":60,\"log\":{\"level\":\"warn\"}}");
        awaitDesired("pump", "{\"interval\":10,\"mode\":\"fast\",\"log\":{\"level\":\"warn\"}}");
        awaitDesired("valve", "{\"interval\":60,\"log\":{\"level\":\"warn\"}}");

        api.patch(fleet.path("pump"), "{\"tags\":{\"site\":\"paris\"}}");
        awaitDesired("pump", "{\"interval\":60,\"log\":{\"level\":\"warn\"}}");
        api.patch(fleet.path("pump"), "{\"tags\":{\"site\":\"lyon\"}}");
        awaitDesired("pump", "{\"interval\":10,\"mode\":\"fast\",\"log\":{\"level\":\"warn\"}}");

        api.patch(FAST, "{\"enabled\":false}");
        awaitDesired("pump", "{\"interval\":60,\"log\":{\"level\":\"warn\"}}");
        api.delete(SLOW);
        awaitDesired("pump", "{}");
        device("later", "{}");
        configure(SLOW, "true", 1, "{\"interval\":90}");
        awaitDesired("later", "{\"interval\":90}");
        assertThat(jdbc.sql("""
                        SELECT DISTINCT changed_by FROM device_state_change WHERE tenant = ?""").param(fleet.tenant()).query(String.class).list())
                .allMatch(by -> by.startsWith("configuration:"));
    }

    @Test
    void whatIsSaidOfTheDeviceItselfHasTheLastWord() {
        device("pump", "{}");
        configure(FAST, "true", 10, "{\"interval\":10,\"mode\":\"fast\"}");
        awaitDesired("pump", "{\"interval\":10,\"mode\":\"fast\"}");
        JsonNode answer = api.patch(state("pump") + "/desired", "{\"interval\":5,\"mode\":null}")
                .json();
        assertThat(answer.at("/desired/state").toString()).isEqualTo("{\"interval\":5}");
        assertThat(answer.at("/desired/own").toString()).isEqualTo("{\"interval\":5,\"mode\":null}");
        awaitMetric(FAST, "overridden", 1);
        assertThat(explained("pump", "fast")).containsExactly("overridden-by-device /interval,/mode");

        long version = answer.at("/desired/version").asLong();
        api.put(state("pump") + "/desired", "{}");
        awaitDesired("pump", "{\"interval\":10,\"mode\":\"fast\"}");
        assertThat(api.get(state("pump")).json().at("/desired/version").asLong())
                .isEqualTo(version + 1);
        awaitMetric(FAST, "applied", 1);
    }

    @Test
    void metricsSayHowFarItHasCome() {
        device("pump", "{}");
        device("valve", "{}");
        configure(FAST, "true", 10, "{\"interval\":10}");
        configure(SLOW, "device.id == 'valve'", 20, "{\"interval\":60}");
        awaitMetric(FAST, "targeted", 2);
        awaitMetric(FAST, "overridden", 1);
        assertThat(explained("valve", "fast")).containsExactly("overridden-by-configuration /interval");
        assertThat(explained("pump", "fast")).containsExactly("device-offline ", "not-reported /interval");
        assertThat(explained("pump", "slow")).containsExactly("target-not-met ");
        report("pump", "{\"interval\":10,\"battery\":3}");
        awaitMetric(FAST, "reported", 1);
        assertThat(explained("pump", "fast")).isEmpty();
        assertThat(api.get(FAST).json().at("/metrics").toString())
                .isEqualTo("{\"targeted\":2,\"applied\":1,\"reported\":1,\"overridden\":1,\"failing\":0}");
    }

    @Test
    void equalPrioritiesAreWarnedOfAndTheFirstIdCounts() {
        device("pump", "{}");
        configure(SLOW, "true", 10, "{\"a\":{\"b\":60},\"c\":1}");
        JsonNode warned = configure(FAST, "true", 10, "{\"a\":{\"b\":10},\"c\":1}");
        assertThat(warned.at("/warnings/0/configuration").asString()).isEqualTo("slow");
        assertThat(warned.at("/warnings/0/pointers").toString()).isEqualTo("[\"/a/b\"]");
        awaitDesired("pump", "{\"a\":{\"b\":10},\"c\":1}");
    }

    @Test
    void targetsThatWouldGoRoundInCirclesAreRefused() {
        Api.Answer refused =
                api.put(FAST, "{\"target\":\"device.enabled && device.state.desired.a == 1\",\"desired\":{}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-expression");
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/target");
        assertThat(refused.json().at("/errors/0/position/offset").asInt()).isGreaterThan(15);
        assertThat(refused.json().at("/errors/0/detail").asString()).contains("circles");
    }

    @Test
    void aDeviceThatMakesItsTargetFalseByFollowingItIsHeldAndExplained() {
        device("pump", "{}");
        report("pump", "{\"heating\":false}");
        configure(FAST, "device.state.reported.heating == false", 10, "{\"heat\":true}");
        awaitDesired("pump", "{\"heat\":true}");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            boolean heat = desired("pump").contains("true");
            report("pump", "{\"heating\":" + heat + "}");
            return events("configuration.fighting.v1") == 1;
        });
        awaitMetric(FAST, "failing", 1);
        assertThat(explained("pump", "fast")).anyMatch(reason -> reason.startsWith("held"));
        String kept = desired("pump");
        report("pump", "{\"heating\":true}");
        report("pump", "{\"heating\":false}");
        workOff();
        assertThat(desired("pump")).isEqualTo(kept);

        api.patch(FAST, "{\"target\":\"true\"}");
        awaitDesired("pump", "{\"heat\":true}");
        awaitMetric(FAST, "failing", 0);
    }

    @Test
    void aHeldDeviceIsReleasedByHand() {
        device("pump", "{}");
        device("valve", "{}");
        configure(FAST, "device.tags.on == 'yes'", 10, "{\"a\":1}");
        jdbc.sql("""
                        INSERT INTO configuration_turns (tenant, device, since, turns, configurations, held_at)
                        SELECT tenant, id, now(), 7, '{"fast": 1}', now() FROM device WHERE tenant = ?""").param(fleet.tenant()).update();
        api.patch(fleet.path("pump"), "{\"tags\":{\"on\":\"yes\"}}");
        api.patch(fleet.path("valve"), "{\"tags\":{\"on\":\"yes\"}}");
        awaitMetric(FAST, "failing", 2);
        assertThat(desired("pump")).isEqualTo("{}");

        Api operator = api.as(fleet.tenant(), "operator");
        assertThat(operator.post(FAST + ":release", "{\"devices\":[\"pump\",\"nobody\"]}")
                        .text())
                .isEqualTo("{\"released\":1}");
        awaitDesired("pump", "{\"a\":1}");
        awaitMetric(FAST, "failing", 1);
        assertThat(api.as(fleet.tenant(), "viewer")
                        .post(FAST + ":release", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(new TestFleet(port, tokens)
                        .api()
                        .post(FAST + ":release", "{}")
                        .problem())
                .isEqualTo("configuration-not-found");
        assertThat(operator.post(FAST + ":release", "").text()).isEqualTo("{\"released\":1}");
        awaitDesired("valve", "{\"a\":1}");
        assertThat(operator.post(FAST + ":release", "{}").text()).isEqualTo("{\"released\":0}");
    }

    @Test
    void aHeldDeviceIsReleasedByAnotherExpressionOfAGroup() {
        device("pump", "{}");
        api.put("/api/v1/groups/meant", "{\"filter\":\"device.tags.on == 'yes'\"}");
        configure(FAST, "'meant' in device.groups", 10, "{\"a\":1}");
        jdbc.sql("""
                        INSERT INTO configuration_turns (tenant, device, since, turns, configurations, held_at)
                        SELECT tenant, id, now(), 7, '{"fast": 1}', now() FROM device WHERE tenant = ?""").param(fleet.tenant()).update();
        api.patch(fleet.path("pump"), "{\"tags\":{\"on\":\"yes\"}}");
        awaitMetric(FAST, "failing", 1);
        api.patch("/api/v1/groups/meant", "{\"filter\":\"true\"}");
        awaitDesired("pump", "{\"a\":1}");
        assertThat(api.get(FAST).eTag()).isEqualTo("\"2\"");
    }

    @Test
    void aDeviceThatCannotBeLookedAtStopsNoOtherAndIsTriedAgain(@Autowired EvaluationRounds rounds) {
        List<String> devices = List.of("a", "broken", "c");
        devices.forEach(device -> device(device, "{}"));
        configure(SLOW, "true", 1, "{\"x\":1}");
        awaitMetric(SLOW, "applied", 3);
        jdbc.sql("UPDATE device_state SET configured = '[]' WHERE tenant = ? AND device = 'broken'")
                .param(fleet.tenant())
                .update();
        configure(FAST, "true", 2, "{\"x\":2}");
        awaitMetric(FAST, "applied", 2);
        awaitDesired("c", "{\"x\":2}");
        await().untilAsserted(() -> assertThat(failures()).isEqualTo(1));
        assertThat(explained("broken", "fast")).anyMatch(reason -> reason.startsWith("failed"));

        jdbc.sql("UPDATE device_state SET configured = '{\"x\":1}' WHERE tenant = ? AND device = 'broken'")
                .param(fleet.tenant())
                .update();
        jdbc.sql("UPDATE configuration_failure SET at = at - interval '6 minutes' WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
        rounds.tryAgain();
        awaitDesired("broken", "{\"x\":2}");
        assertThat(failures()).isZero();
    }

    @Test
    void whoWaitsForADeviceHoldsNothingOfIt() {
        device("pump", "{}");
        jdbc.sql("INSERT INTO configuration_failure (tenant, device, reason, at) VALUES (?, 'pump', '', now())")
                .param(fleet.tenant())
                .update();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("SELECT id FROM device WHERE tenant = ? FOR UPDATE")
                    .param(fleet.tenant())
                    .query(String.class)
                    .single();
            CompletableFuture.runAsync(
                            () -> jdbc.sql("INSERT INTO configuration_due (tenant, device) VALUES (?, 'pump')")
                                    .param(fleet.tenant())
                                    .update())
                    .join();
            await().until(waits::isSomebodyWaiting);
            assertThat(jdbc.sql("""
                            SELECT device FROM configuration_failure WHERE tenant = ? FOR UPDATE SKIP LOCKED""").param(fleet.tenant()).query(String.class).list())
                    .containsExactly("pump");
        });
        await().until(() -> failures() == 0);
    }

    @Test
    void aSweepBeginsOnlyWhenNobodyLooksAtDevicesByWhatWasBefore() throws Exception {
        device("pump", "{}");
        configure(FAST, "device.tags.on == 'yes'", 10, "{\"a\":1}");
        api.patch(fleet.path("pump"), "{\"tags\":{\"on\":\"yes\"}}");
        awaitDesired("pump", "{\"a\":1}");
        jdbc.sql("DELETE FROM configuration_device WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        CompletableFuture<Void> look = CompletableFuture.runAsync(() -> transactions.executeWithoutResult(_ -> {
            jdbc.sql("INSERT INTO configuration_due (tenant, device) VALUES (?, 'pump')")
                    .param(fleet.tenant())
                    .update();
            while (!isLookedAt()) {
                evaluation.next();
            }
            looking.countDown();
            assertThat(sooner(changed)).isTrue();
        }));
        looking.await();
        configure(FAST, "device.tags.on == 'no'", 10, "{\"a\":1}");
        await().during(Duration.ofSeconds(2)).until(() -> sweepsLeft() == 1);
        changed.countDown();
        look.join();
        awaitSoon("pump", "{}");
    }

    @Test
    void sweepsGoOnHoweverManyDevicesAreDue() {
        device("pump", "{}");
        configure(FAST, "device.tags.on == 'yes'", 10, "{\"a\":1}");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                jdbc.sql("""
                                INSERT INTO configuration_due (tenant, device) SELECT ?, 'pump' FROM generate_series(1, 2000)
                                WHERE (SELECT count(*) FROM configuration_due) < 10000""").param(fleet.tenant()).update();
            }
        });
        try {
            await().until(() -> duePumps() > 2_000);
            configure(FAST, "true", 10, "{\"a\":1}");
            await().atMost(Duration.ofSeconds(20)).until(() -> sweepsLeft() == 0);
            assertThat(duePumps()).isPositive();
        } finally {
            done.set(true);
            others.join();
        }
        awaitDesired("pump", "{\"a\":1}");
    }

    @Test
    void aSweepKeepsNobodyFromChangingTheConfiguration() {
        device("pump", "{}");
        configure(FAST, "true", 10, "{\"a\":1}");
        awaitDesired("pump", "{\"a\":1}");
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("LOCK TABLE device IN ACCESS EXCLUSIVE MODE").update(); // no page can be read
            changeInTime("{\"priority\":11}");
            await().until(waits::isSomebodyWaiting);
            changeInTime("{\"desired\":{\"a\":2}}");
        });
        awaitDesired("pump", "{\"a\":2}");
    }

    @Test
    void aTargetThatCannotBeReadAnyMoreStaysWhereItIsAndStopsNoOther() {
        device("pump", "{}");
        device("valve", "{}");
        configure(SLOW, "device.id == 'pump' || 'some' in device.groups", 1, "{\"old\":true}");
        awaitDesired("pump", "{\"old\":true}");
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("UPDATE configuration SET target = 'size(device.groups) > 1', version = 2 WHERE tenant = ?")
                    .param(fleet.tenant())
                    .update();
            sweeps.begin(new ConfigurationChanged(new TenantId(fleet.tenant()), "slow"));
        });
        configure(FAST, "true", 10, "{\"a\":1}");
        awaitDesired("valve", "{\"a\":1}");
        awaitDesired("pump", "{\"old\":true,\"a\":1}");
        await().until(() -> sweepsLeft() == 0);
        assertThat(api.put("/api/v1/groups/some", "{\"filter\":\"true\"}").status())
                .isEqualTo(201);
        assertThat(api.delete("/api/v1/groups/some").status()).isEqualTo(204);
    }

    @Test
    void groupsAreFollowedAtOnce() {
        device("pump", "{\"tags\":{\"site\":\"lyon\"}}");
        device("valve", "{\"tags\":{\"site\":\"paris\"}}");
        api.put("/api/v1/groups/pilot", "{\"devices\":[\"pump\"]}");
        api.put("/api/v1/groups/meant", "{\"filter\":\"'pilot' in device.groups\"}");
        configure(FAST, "'meant' in device.groups", 10, "{\"a\":1}");
        awaitSoon("pump", "{\"a\":1}");
        api.put("/api/v1/groups/pilot", "{\"devices\":[\"valve\"]}");
        awaitSoon("valve", "{\"a\":1}");
        awaitSoon("pump", "{}");
        api.put("/api/v1/groups/meant", "{\"filter\":\"device.tags.site == 'lyon'\"}");
        awaitSoon("pump", "{\"a\":1}");
        awaitSoon("valve", "{}");
        api.put("/api/v1/groups/meant", "{\"filter\":\"device.state.reported.on && 'pilot' in device.groups\"}");
        awaitSoon("pump", "{}");
        report("valve", "{\"on\":true}");
        awaitSoon("valve", "{\"a\":1}");
        api.put("/api/v1/groups/meant", "{}");
        awaitSoon("valve", "{}");
    }

    @Test
    void firmwareIsFollowedAtOnce(@Autowired ApplicationEventPublisher publisher) {
        device("pump", "{}");
        configure(FAST, "device.firmware.version == '2'", 10, "{\"a\":1}");
        workOff();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("UPDATE device SET firmware = '{\"version\": \"2\"}' WHERE tenant = ?")
                    .param(fleet.tenant())
                    .update();
            publisher.publishEvent(new FirmwareInstalled(DeviceAddress.of(fleet.tenant(), "pump")));
        });
        awaitSoon("pump", "{\"a\":1}");
    }

    @Test
    void circlesByWayOfGroupsAreRefused() {
        api.put("/api/v1/groups/wanting", "{\"filter\":\"device.state.desired.a == 1\"}");
        Api.Answer refused = api.put(FAST, "{\"target\":\"'wanting' in device.groups\",\"desired\":{}}");
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/target");
        configure(FAST, "'harmless' in device.groups", 1, "{\"a\":1}");
        Api.Answer late = api.put("/api/v1/groups/harmless", "{\"filter\":\"'wanting' in device.groups\"}");
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.json().at("/detail").asString()).contains("fast");
        assertThat(api.get("/api/v1/groups/harmless").status()).isEqualTo(404);
    }

    @Test
    void listsHaveTheMetricsOfAll() {
        device("pump", "{}");
        configure(FAST, "true", 1, "{\"a\":1}");
        awaitMetric(FAST, "applied", 1);
        configure(SLOW, "device.id == 'none'", 1, "{\"a\":1}");
        JsonNode items = api.get("/api/v1/configurations").json().at("/items");
        assertThat(items.at("/0/metrics/targeted").asLong()).isEqualTo(1);
        assertThat(items.at("/1/metrics/targeted").asLong()).isZero();
    }

    @Test
    void whatWouldBeTooLargeLeavesTheDeviceAsItIsAndIsCounted() {
        device("pump", "{}");
        String text = "x".repeat(20_000);
        configure(FAST, "true", 10, "{\"a\":\"" + text + "\"}");
        awaitMetric(FAST, "applied", 1);
        configure(SLOW, "true", 20, "{\"b\":\"" + text + "\"}");
        awaitMetric(SLOW, "failing", 1);
        assertThat(api.get(state("pump")).json().at("/desired/state").propertyNames())
                .containsExactly("a");
        assertThat(explained("pump", "slow")).containsExactly("too-large ");
        api.put(SLOW, "{\"target\":\"true\",\"priority\":20,\"desired\":{\"b\":1}}");
        awaitMetric(SLOW, "applied", 1);
        awaitMetric(FAST, "failing", 0);
    }

    @Test
    void timeAloneMakesTargetsTrue() {
        device("pump", "{}");
        configure(FAST, "now - device.createdAt > duration('0.5s')", 10, "{\"old\":true}");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            sweeps.beginWithoutReason();
            return desired("pump").equals("{\"old\":true}");
        });
    }

    @Test
    void devicesThatAreHeardAreFollowedThoughNobodyTells() {
        device("pump", "{}");
        configure(FAST, "device.lastSeenAt > timestamp('2020-01-01T00:00:00Z')", 10, "{\"heard\":true}");
        workOff();
        jdbc.sql("UPDATE presence SET last_seen_at = now() WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
        sweeps.beginWithoutReason();
        awaitDesired("pump", "{\"heard\":true}");
    }

    @Test
    void aPreviewSaysWhomItWouldBeMeantForAndWhatElseIs() {
        device("pump", "{}");
        device("valve", "{}");
        configure(FAST, "device.id == 'pump'", 10, "{\"a\":1}");
        awaitMetric(FAST, "targeted", 1);
        assertThat(api.post("/api/v1/configurations:preview", "{\"target\":\"true\"}")
                        .text())
                .isEqualTo("{\"count\":2,\"sample\":[\"pump\",\"valve\"],\"lookedAt\":2,"
                        + "\"overlaps\":[{\"configuration\":\"fast\",\"priority\":10,\"devices\":1}]}");
    }

    @Test
    void expressionsAreExplained() {
        device("pump", "{\"tags\":{\"site\":\"lyon\"}}");
        JsonNode answer = api.get(fleet.path("pump") + "/explain?expression="
                        + URLEncoder.encode("device.tags.site == 'lyon' && device.connected", StandardCharsets.UTF_8))
                .json();
        assertThat(answer.at("/outcome").asBoolean()).isFalse();
        assertThat(answer.at("/parts/0").toString())
                .isEqualTo("{\"expression\":\"device.tags.site == 'lyon'\",\"start\":0,\"end\":26,"
                        + "\"seen\":{\"device.tags.site\":\"lyon\"},\"outcome\":true}");
        assertThat(answer.at("/parts/1/outcome").asBoolean()).isFalse();
        assertThat(api.get(fleet.path("pump") + "/explain?for=campaign:x").problem())
                .isEqualTo("not-explained");
        assertThat(api.get(fleet.path("pump") + "/explain?for=configuration:x").problem())
                .isEqualTo("configuration-not-found");
        assertThat(api.get(fleet.path("pump") + "/explain").problem()).isEqualTo("invalid");
        assertThat(api.get(fleet.path("none") + "/explain?expression=true").problem())
                .isEqualTo("device-not-found");
    }

    @Test
    void groupsAndBatchesAreExplained() {
        device("pump", "{}");
        device("valve", "{}");
        api.put("/api/v1/groups/pilot", "{\"devices\":[\"pump\"]}");
        assertThat(reasons("pump", "group:pilot")).isEmpty();
        assertThat(reasons("valve", "group:pilot")).containsExactly("not-listed ");
        configure(FAST, "'pilot' in device.groups", 1, "{\"a\":1}");
        awaitDesired("pump", "{\"a\":1}");

        String batch = "batch:"
                + api.as(fleet.tenant(), "operator")
                        .post("/api/v1/commands:batch", "{\"filter\":\"device.id == 'pump'\",\"name\":\"run\"}")
                        .json()
                        .at("/id")
                        .asString();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(reasons("pump", batch)).containsExactly("device-offline ", "command-queued "));
        assertThat(reasons("valve", batch)).containsExactly("target-not-met ");
        String update = api.post("/api/v1/devices:update", "{\"filter\":\"true\",\"patch\":{\"name\":\"x\"}}")
                .json()
                .at("/id")
                .asString();
        assertThat(api.get(fleet.path("pump") + "/explain?for=batch:" + update).problem())
                .isEqualTo("invalid");
        assertThat(api.get(fleet.path("pump") + "/explain?for=batch:x").problem())
                .isEqualTo("invalid");
    }

    @Test
    void versionsOfConfigurationsGuardThem() {
        JsonNode made = configure(FAST, "true", 0, "{\"a\":1}");
        assertThat(made.at("/version").asLong()).isEqualTo(1);
        assertThat(api.patch(FAST, "{\"priority\":3}", "If-Match", "\"7\"").status())
                .isEqualTo(412);
        assertThat(api.patch(FAST, "{\"priority\":3}", "If-Match", "\"1\"").eTag())
                .isEqualTo("\"2\"");
        assertThat(api.patch(FAST, "{\"priority\":3}").eTag())
                .as("nothing has changed")
                .isEqualTo("\"2\"");
        api.delete(FAST);
        assertThat(api.get(FAST).problem()).isEqualTo("configuration-not-found");
        assertThat(configure(FAST, "true", 0, "{}").at("/version").asLong()).isEqualTo(4);
        assertThat(api.put(FAST, "{\"target\":\"true\",\"desired\":[]}").problem())
                .isEqualTo("invalid");
        assertThat(api.as(fleet.tenant(), "operator").delete(FAST).status()).isEqualTo(403);
        assertThat(new TestFleet(port, tokens).api().get(FAST).status()).isEqualTo(404);
    }

    @Test
    void whatIsTakenButNotAppliedIsTakenAgain() {
        device("pump", "{}");
        configure(FAST, "true", 10, "{\"a\":1}");
        awaitDesired("pump", "{\"a\":1}");
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("INSERT INTO configuration_due (tenant, device) VALUES (?, 'pump')")
                    .param(fleet.tenant())
                    .update();
            jdbc.sql("UPDATE configuration SET desired = '{\"a\":2}', version = 2 WHERE tenant = ?")
                    .param(fleet.tenant())
                    .update();
        });
        transactions.executeWithoutResult(transaction -> {
            evaluation.next();
            transaction.setRollbackOnly(); // as if the process had ended here
        });
        awaitDesired("pump", "{\"a\":2}");
    }

    @Test
    void tenThousandDevicesAreConfiguredInAHandfulOfStatementsForEachPage() {
        jdbc.sql("""
                        WITH made AS (INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                            SELECT ?, 'd' || n, 'generic', '{}', '{}', true, now(), 1 FROM generate_series(1, 10000) AS n
                            RETURNING tenant, id)
                        INSERT INTO presence (tenant, device) SELECT tenant, id FROM made""").param(fleet.tenant()).update();
        configure(FAST, "device.enabled", 10, "{\"a\":1}");
        await().atMost(Duration.ofMinutes(2)).until(() -> metric(FAST, "applied") == 10_000);
        jdbc.sql("INSERT INTO configuration_due (tenant, device) SELECT ?, 'd' || generate_series(1, 200)")
                .param(fleet.tenant())
                .update();
        assertThat(statements.of(this::workOff)).isLessThan(40);
    }

    /** Whatever happens, in whatever order and from wherever: in the end each device is as if it had been looked at once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theEndDependsOnNothingButWhatThereIs(long seed) {
        List<String> devices = List.of("a", "b", "c", "d");
        devices.forEach(device -> device(device, "{}"));
        List<CompletableFuture<Void>> editors = new ArrayList<>();
        for (int editor = 0; editor < 3; editor++) {
            Random random = new Random(seed * 10 + editor);
            editors.add(CompletableFuture.runAsync(() -> {
                for (int step = 0; step < 25; step++) {
                    somethingHappens(random, devices);
                }
            }));
        }
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            while (!editors.stream().allMatch(CompletableFuture::isDone)) {
                workOff();
            }
        });
        editors.forEach(CompletableFuture::join);
        second.join();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (String device : devices) {
                assertThat(Documents.readDocument(desired(device))).as(device).isEqualTo(expected(device));
            }
        });
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM (SELECT version, lag(version) OVER (PARTITION BY device ORDER BY number) AS before
                                              FROM device_state_change WHERE tenant = ? AND side = 'desired') AS versions
                        WHERE version <> before + 1""").param(fleet.tenant()).query(Long.class).single())
                .isZero();
    }

    private void somethingHappens(Random random, List<String> devices) {
        String device = devices.get(random.nextInt(devices.size()));
        String configuration = "/api/v1/configurations/c" + random.nextInt(4);
        String value = String.valueOf(random.nextInt(4));
        switch (random.nextInt(9)) {
            case 0 -> api.patch(fleet.path(device), "{\"tags\":{\"t\":\"" + value + "\"}}");
            case 1 -> api.patch(state(device) + "/desired", "{\"x\":" + value + ",\"y\":null}");
            case 2 -> api.put(state(device) + "/desired", "{\"z\":{\"w\":" + value + "}}");
            case 3 -> api.delete(configuration);
            case 4 -> api.patch(configuration, "{\"enabled\":" + random.nextBoolean() + "}");
            case 5 -> api.put("/api/v1/groups/g", "{\"devices\":[\"" + device + "\"]}");
            case 6 -> api.put("/api/v1/groups/g", "{\"filter\":\"device.tags.t == '" + value + "'\"}");
            default ->
                configure(
                        configuration,
                        List.of("device.tags.t == '" + value + "'", "'g' in device.groups", "true")
                                .get(random.nextInt(3)),
                        random.nextInt(3),
                        random.nextBoolean()
                                ? "{\"x\":" + value + ",\"z\":{\"v\":" + value + "}}"
                                : "{\"y\":" + value + ",\"x\":null}");
        }
    }

    /** What the configurations there are say of a device, and over it what was said of itself. */
    private ObjectNode expected(String device) {
        JsonNode tags = api.get(fleet.path(device)).json().at("/tags");
        JsonNode desired = api.get(state(device)).json().at("/desired");
        boolean isInG = api.get("/api/v1/groups/g/members").text().contains("\"" + device + "\"");
        Map<String, ObjectNode> meant = new TreeMap<>(Comparator.naturalOrder());
        for (JsonNode configuration : api.get("/api/v1/configurations").json().at("/items")) {
            String target = configuration.at("/target").asString();
            if (configuration.at("/enabled").asBoolean()
                    && (target.equals("true")
                            || (target.equals("'g' in device.groups") && isInG)
                            || target.equals(
                                    "device.tags.t == '" + tags.at("/t").asString("") + "'"))) {
                String rank = configuration.at("/priority").asInt() + " "
                        + (9 - configuration.at("/id").asString().charAt(1) + '0');
                meant.put(rank, (ObjectNode) configuration.at("/desired"));
            }
        }
        ObjectNode state = Documents.empty();
        for (ObjectNode says : meant.values()) {
            state = Documents.patched(state, says);
        }
        return Documents.patched(state, (ObjectNode) (desired.has("own") ? desired.at("/own") : desired.at("/state")));
    }

    private void workOff() {
        while (evaluation.next() || sweepRounds.next()) {
            // until nothing is left
        }
    }

    private void device(String id, String description) {
        api.put(fleet.path(id), description);
    }

    private JsonNode configure(String path, String target, int priority, String desired) {
        return api.put(
                        path,
                        "{\"target\":\"" + target + "\",\"priority\":" + priority + ",\"desired\":" + desired + "}")
                .json();
    }

    private void report(String device, String patch) {
        reporting.note(List.of(new StateReporting.Report(
                DeviceAddress.of(fleet.tenant(), device),
                Documents.readDocument(patch),
                messages.incrementAndGet(),
                false)));
    }

    private String state(String device) {
        return fleet.path(device) + "/state";
    }

    private String desired(String device) {
        return api.get(state(device)).json().at("/desired/state").toString();
    }

    private void awaitDesired(String device, String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Documents.readDocument(desired(device)))
                        .isEqualTo(Documents.readDocument(expected)));
    }

    /** Long before everything is looked at once a minute. */
    private void awaitSoon(String device, String expected) {
        await().atMost(Duration.ofSeconds(8)).until(() -> desired(device).equals(expected));
    }

    private boolean isLookedAt() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM configuration_device WHERE tenant = ?)")
                .param(fleet.tenant())
                .query(Boolean.class)
                .single();
    }

    private void changeInTime(String patch) {
        assertThat(CompletableFuture.supplyAsync(() -> api.patch(FAST, patch).status()))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(200);
    }

    private long duePumps() {
        return jdbc.sql("SELECT count(*) FROM configuration_due WHERE tenant = ?")
                .param(fleet.tenant())
                .query(Long.class)
                .single();
    }

    private long sweepsLeft() {
        return jdbc.sql("SELECT count(*) FROM configuration_sweep WHERE tenant = ?")
                .param(fleet.tenant())
                .query(Long.class)
                .single();
    }

    private static boolean sooner(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long failures() {
        return jdbc.sql("SELECT count(*) FROM configuration_failure WHERE tenant = ?")
                .param(fleet.tenant())
                .query(Long.class)
                .single();
    }

    private long metric(String path, String name) {
        return api.get(path).json().at("/metrics/" + name).asLong();
    }

    private void awaitMetric(String path, String name, long value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metric(path, name)).as(name).isEqualTo(value));
    }

    private List<String> explained(String device, String configuration) {
        return reasons(device, "configuration:" + configuration);
    }

    private List<String> reasons(String device, String about) {
        List<String> reasons = new ArrayList<>();
        api.get(fleet.path(device) + "/explain?for=" + about)
                .json()
                .at("/blockedBy")
                .forEach(blocker -> {
                    List<String> pointers = new ArrayList<>();
                    blocker.at("/pointers").forEach(pointer -> pointers.add(pointer.asString()));
                    reasons.add(blocker.at("/reason").asString() + " " + String.join(",", pointers));
                });
        return reasons;
    }

    private long events(String type) {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE type = ? AND payload::jsonb ->> 'tenant' = ?")
                .params(type, fleet.tenant())
                .query(Long.class)
                .single();
    }
}
