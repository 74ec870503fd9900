package io.warren.registry.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.presence.ConnectionChange.Connection;
import io.warren.testing.backing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RegistryTest
class PresenceTrackingTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Connection OLD = new Connection("a -> b", NOON, "192.0.2.1", "MQTT 5.0");
    private static final Connection NEW = new Connection("c -> b", NOON.plusSeconds(10), "192.0.2.1", "MQTT 5.0");

    @Autowired
    TestTokens tokens;

    @Autowired
    PresenceTracking tracking;

    @Autowired
    Presences presences;

    @Autowired
    Connections connections;

    @Autowired
    PresenceWatch watch;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init")
    DeviceAddress pump;

    @BeforeEach
    void makeADevice() {
        pump = DeviceAddress.of("p-" + UUID.randomUUID().toString().substring(0, 8), "pump");
        Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value()).put("/api/v1/devices/pump", "{}");
    }

    @Test
    void aTakeoverWhoseEndComesAfterItsBeginningLeavesTheDeviceConnected() {
        note(opened(OLD), opened(NEW), closed(OLD, 11));
        assertThat(isConnected()).isTrue();
        assertThat(told()).containsExactly("presence.connected.v1", "presence.connected.v1");
    }

    @Test
    void aTakeoverToldInTheOrderOfTimeDoesSoToo() {
        note(opened(OLD), closed(OLD, 11), opened(NEW));
        assertThat(isConnected()).isTrue();
    }

    @Test
    void newsThatComeTwiceChangeNothing() {
        note(opened(OLD), opened(OLD), closed(OLD, 5), closed(OLD, 5), opened(OLD));
        assertThat(isConnected()).isFalse();
        assertThat(told()).containsExactly("presence.connected.v1", "presence.disconnected.v1");
    }

    @Test
    void aConnectionWhoseEndIsHeardOfFirstDoesNotBegin() {
        note(closed(OLD, 5), opened(OLD));
        assertThat(isConnected()).isFalse();
        assertThat(told()).isEmpty();
    }

    @Test
    void aConnectionThatWasThoughtLostAndIsListedIsThereAgain() {
        note(opened(OLD), lost(OLD));
        assertThat(isConnected()).isFalse();
        note(opened(OLD));
        assertThat(isConnected())
                .as("late word of its beginning proves nothing")
                .isFalse();
        note(listed(OLD));
        assertThat(isConnected()).isTrue();
        assertThat(told())
                .containsExactly("presence.connected.v1", "presence.disconnected.v1", "presence.connected.v1");
        note(closed(OLD, 60), listed(OLD));
        assertThat(isConnected()).as("it has ended, whatever an old list says").isFalse();
    }

    @Test
    void lateNewsOfAnOlderConnectionDoNotReplaceTheYounger() {
        note(opened(NEW), opened(OLD), closed(OLD, 11));
        assertThat(isConnected()).isTrue();
        assertThat(told()).containsExactly("presence.connected.v1");
    }

    @Test
    void theSameNameAtAnotherTimeIsAnotherConnection() {
        Connection again = new Connection(OLD.name(), NOON.plusSeconds(60), null, null);
        note(opened(OLD), closed(OLD, 5), opened(again), closed(OLD, 5));
        assertThat(isConnected()).isTrue();
    }

    @Test
    void aTakeoverHasTheSameOutcomeInWhateverOrderItIsToldOf() {
        List<ConnectionChange> takeover = List.of(opened(OLD), opened(NEW), closed(OLD, 11));
        List.of("012", "021", "102", "120", "201", "210").forEach(order -> {
            makeADevice();
            order.chars().forEach(digit -> note(onThisDevice(takeover.get(digit - '0'))));
            assertThat(isConnected()).as(order).isTrue();
            assertThat(onRecord()).as(order).isEqualTo("c -> b");
            assertThat(causes()).as(order).hasSize(2).contains("c -> b open").doesNotContain("a -> b open");
        });
    }

    @Test
    void aTakeoverBySomeNodeWhoseClockIsBehindLeavesTheDeviceConnected() {
        Connection elsewhere = new Connection("c -> other", NOON.minusSeconds(90), "192.0.2.1", "MQTT 5.0");
        note(opened(OLD), opened(elsewhere));
        assertThat(onRecord()).as("seen by the clocks, it is the older").isEqualTo("a -> b");
        note(closed(OLD, 11));
        assertThat(isConnected()).isTrue();
        assertThat(onRecord()).isEqualTo("c -> other");
        assertThat(causes()).containsExactlyInAnyOrder("c -> other open", "a -> b replaced");
        assertThat(told()).containsExactly("presence.connected.v1", "presence.connected.v1");
        note(closed(elsewhere, 20));
        assertThat(isConnected()).isFalse();
    }

    @Test
    void aConnectionThatEndsAsTheDeviceSignsInOnAnotherGaveWayToThatOne() {
        List<ConnectionChange> rest = List.of(closed(OLD, 9), opened(NEW));
        for (List<ConnectionChange> order : List.of(rest, rest.reversed())) {
            makeADevice();
            note(onThisDevice(opened(OLD)), ConnectionChange.signedIn(pump, NEW.name(), NOON.plusSeconds(9)));
            order.forEach(change -> {
                note(onThisDevice(change));
                assertThat(isConnected()).isTrue();
            });
            assertThat(causes()).containsExactlyInAnyOrder("c -> b open", "a -> b replaced");
            assertThat(told()).containsExactly("presence.connected.v1", "presence.connected.v1");
            assertThat(lastConnected().path("replaces").isNumber()).isTrue();
        }
    }

    @Test
    void aConnectionThatGaveWayToNoneIsFoundToBeLost() {
        note(opened(OLD), ConnectionChange.signedIn(pump, NEW.name(), NOON.plusSeconds(9)), closed(OLD, 9));
        assertThat(isConnected()).as("the other is about to be told of").isTrue();
        note(lost(OLD));
        assertThat(isConnected()).isFalse();
        assertThat(causes()).containsExactly("a -> b replaced");
    }

    @Test
    void aDeviceThatComesBackAtOnceReplacesNothing() {
        note(
                opened(OLD),
                closed(OLD, 9),
                ConnectionChange.signedIn(pump, NEW.name(), NOON.plusSeconds(9)),
                opened(NEW));
        assertThat(causes()).containsExactlyInAnyOrder("c -> b open", "a -> b ");
        assertThat(lastConnected().has("replaces")).isFalse();
    }

    @Test
    void aSignInThatLedToNothingIsForgotten() {
        note(opened(OLD), ConnectionChange.signedIn(pump, NEW.name(), NOON.plusSeconds(9)), closed(OLD, 20));
        assertThat(causes()).containsExactly("a -> b ");
    }

    @Test
    void aConnectionWhoseEndNobodyHeardGaveWayToTheNext() {
        note(opened(OLD), opened(NEW));
        assertThat(causes()).containsExactlyInAnyOrder("c -> b open", "a -> b replaced");
        note(lost(NEW));
        assertThat(isConnected()).isFalse();
        assertThat(causes()).containsExactlyInAnyOrder("c -> b lost", "a -> b replaced");
    }

    @Test
    void aConnectionThatIsKnownAndNotOnRecordIsPutOnRecordWhenItIsListed() {
        note(opened(OLD));
        jdbc.sql("UPDATE presence SET connected = false WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        note(listed(OLD));
        assertThat(isConnected()).isTrue();
        note(listed(OLD));
        assertThat(told())
                .as("what is on record is no news")
                .containsExactly("presence.connected.v1", "presence.connected.v1");
    }

    @Test
    void whatThePlatformClosesHasItsCause() {
        note(opened(OLD));
        connections.closing(List.of(pump));
        assertThat(causes()).containsExactly("a -> b open");
        note(closed(OLD, 5), opened(NEW));
        Api.asPlatformAdmin(port, tokens)
                .withTenant(pump.tenant().value())
                .put("/api/v1/devices/pump", "{\"enabled\":false}");
        connections.closing(List.of(pump));
        note(closed(NEW, 20));
        assertThat(causes()).containsExactlyInAnyOrder("a -> b revoked", "c -> b disabled");
        assertThat(jdbc.sql("SELECT payload::json ->> 'cause' FROM outbox WHERE payload::json ->> 'tenant' = ?"
                                + " AND type = 'presence.disconnected.v1' ORDER BY id")
                        .param(pump.tenant().value())
                        .query(String.class)
                        .list())
                .containsExactly("revoked", "disabled");
    }

    @Test
    void aBatchThatWasBegunAndIsRepeatedHasTheOutcomeOfOne() {
        List<ConnectionChange> batch = List.of(opened(OLD), opened(NEW), closed(OLD, 11), closed(NEW, 12));
        transactions.executeWithoutResult(killed -> {
            tracking.note(batch);
            killed.setRollbackOnly();
        });
        assertThat(causes()).isEmpty();
        tracking.note(batch.subList(0, 2));
        tracking.note(batch);
        tracking.note(batch);
        assertThat(isConnected()).isFalse();
        assertThat(told())
                .containsExactly("presence.connected.v1", "presence.connected.v1", "presence.disconnected.v1");
    }

    @Test
    void aDeviceThatConnectsAgainAndAgainIsToldOfOnceUntilItIsSteady() {
        Instant begin = clock.instant().minus(Duration.ofMinutes(5));
        connectTimes(begin, 10);
        assertThat(told()).doesNotContain("presence.flapping.v1");
        assertThat(presence().has("flapping")).isFalse();
        connectTimes(begin.plusSeconds(60), 3);
        assertThat(told()).containsOnlyOnce("presence.flapping.v1");
        assertThat(presence().at("/flapping/connects").asInt()).isEqualTo(13);

        assertThat(watch.endFlapping(100)).isZero();
        jdbc.sql("UPDATE presence SET connected_at = connected_at - interval '10 minutes' WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        assertThat(watch.endFlapping(100)).isEqualTo(1);
        assertThat(told()).containsOnlyOnce("presence.steady.v1");
        assertThat(presence().has("flapping")).isFalse();
    }

    @Test
    void aDeviceThatConnectsNowAndThenIsSteady() {
        Instant begin = clock.instant().minus(Duration.ofHours(1));
        for (int number = 0; number < 30; number++) {
            note(opened(new Connection("n" + number, begin.plusSeconds(61L * number), null, null)));
        }
        assertThat(told()).doesNotContain("presence.flapping.v1");
    }

    @Test
    void aDeviceThatIsAwayForLongerThanItsTypeAllowsIsToldOfOnceAndWhenItIsBack() {
        ofAType(3_600);
        Instant now = clock.instant();
        Connection first = new Connection("s1", now.minusSeconds(3_000), null, null);
        note(opened(first), ConnectionChange.closed(pump, first, now.minusSeconds(2_000)));
        watchAll();
        assertThat(presence().has("silent")).isFalse();

        ofAType(1_000);
        watchAll();
        watchAll();
        assertThat(told()).containsOnlyOnce("presence.silent.v1");
        assertThat(Instant.parse(presence().at("/silent/since").asString()))
                .isCloseTo(now.minusSeconds(880), within(1, ChronoUnit.MILLIS));

        note(opened(new Connection("s2", now, null, null)));
        assertThat(told()).endsWith("presence.connected.v1", "presence.heard.v1");
        assertThat(presence().has("silent")).isFalse();
    }

    @Test
    void aDeviceIsNotSilentWhileItIsDisabledOrMayBeAwayForEver() {
        Connection first = new Connection(
                "s1", clock.instant().truncatedTo(ChronoUnit.MILLIS).minusSeconds(3_000), null, null);
        note(opened(first));
        ofAType(100);
        api().put("/api/v1/devices/pump", "{\"enabled\":false,\"type\":\"short\"}");
        note(ConnectionChange.closed(pump, first, clock.instant().minusSeconds(2_000)));
        watchAll();
        assertThat(presence().has("silent")).as("it is disabled").isFalse();
        api().put("/api/v1/devices/pump", "{\"enabled\":true}");
        watchAll();
        assertThat(presence().has("silent"))
                .as("it is of a type that says nothing")
                .isFalse();
        api().put("/api/v1/devices/pump", "{\"type\":\"short\"}");
        watchAll();
        assertThat(presence().has("silent")).isTrue();
    }

    @Test
    void presenceSaysSinceWhenAndFromWhere() {
        assertThat(presence().at("/connected").asBoolean()).isFalse();
        assertThat(presence().has("lastSeenAt")).isFalse();
        note(opened(OLD));
        assertThat(presence().at("/connectedAt").asString()).isEqualTo(NOON.toString());
        assertThat(presence().at("/address").asString()).isEqualTo("192.0.2.1");
        note(closed(OLD, 5));
        assertThat(presence().at("/lastSeenAt").asString())
                .isEqualTo(NOON.plusSeconds(5).toString());
        assertThat(presence().has("connectedAt")).isFalse();
        JsonNode connection =
                api().get("/api/v1/devices/pump/connections").json().at("/items/0");
        assertThat(connection.at("/duration").asDouble()).isEqualTo(5);
    }

    @Test
    void connectionsWithoutAnEndAreForgottenButForTheOneOnRecord() {
        note(opened(OLD), opened(new Connection("late", NOON.minusSeconds(60), null, null)));
        connections.forgetBefore(NOON.plusSeconds(1));
        assertThat(causes()).containsExactly("a -> b open");
    }

    @Test
    void newsOfADeviceThatIsNotKnownArePassedOver() {
        DeviceAddress stranger = DeviceAddress.of("nobody", "pump");
        tracking.note(List.of(ConnectionChange.opened(stranger, OLD)));
        assertThat(presences.lock(Set.of(stranger))).isEmpty();
    }

    private void note(ConnectionChange... news) {
        tracking.note(List.of(news));
    }

    private ConnectionChange opened(Connection connection) {
        return ConnectionChange.opened(pump, connection);
    }

    private ConnectionChange lost(Connection connection) {
        return ConnectionChange.lost(pump, connection, NOON.plusSeconds(30));
    }

    private ConnectionChange listed(Connection connection) {
        return ConnectionChange.listed(pump, connection);
    }

    private ConnectionChange closed(Connection connection, int second) {
        return ConnectionChange.closed(pump, connection, NOON.plusSeconds(second));
    }

    /** Makes the device one of a type that allows it to be away for so many seconds. */
    private void ofAType(int seconds) {
        api().put("/api/v1/device-types/short", "{\"offlineAfter\":" + seconds + "}");
        api().put("/api/v1/devices/pump", "{\"type\":\"short\"}");
    }

    private void watchAll() {
        watch.changedAllowances().forEach(allowance -> watch.reckon(allowance, "", 1_000));
        watch.fallSilent(1_000);
    }

    private void connectTimes(Instant begin, int times) {
        for (int number = 0; number < times; number++) {
            note(opened(new Connection("n" + number, begin.plusSeconds(number), null, null)));
        }
    }

    private ConnectionChange onThisDevice(ConnectionChange change) {
        return new ConnectionChange(change.kind(), pump, change.connection(), change.closedAt(), change.cause());
    }

    private Api api() {
        return Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
    }

    private JsonNode presence() {
        return api().get("/api/v1/devices/pump/presence").json();
    }

    private String onRecord() {
        return jdbc.sql("SELECT connection_name FROM presence WHERE tenant = ? AND connected")
                .param(pump.tenant().value())
                .query(String.class)
                .single();
    }

    private List<String> causes() {
        return jdbc.sql("""
                        SELECT name || ' ' || CASE WHEN disconnected_at IS NULL THEN 'open' ELSE coalesce(cause, '') END
                        FROM connection WHERE tenant = ?""")
                .param(pump.tenant().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private JsonNode lastConnected() {
        return JsonMapper.shared()
                .readTree(jdbc.sql("""
                                SELECT payload FROM outbox WHERE type = 'presence.connected.v1'
                                  AND payload::json ->> 'tenant' = ? ORDER BY id DESC LIMIT 1""")
                        .param(pump.tenant().value())
                        .query(String.class)
                        .single());
    }

    private boolean isConnected() {
        return presences.holdConnected(pump);
    }

    private List<String> told() {
        return jdbc.sql("""
                        SELECT type FROM outbox
                        WHERE type LIKE 'presence.%' AND payload::json ->> 'tenant' = ? ORDER BY id""")
                .param(pump.tenant().value())
                .query((row, _) -> row.getString("type"))
                .list();
    }
}
