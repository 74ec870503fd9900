package io.warren.registry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.presence.ConnectionChange.Connection;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RegistryTest
class SignsOfLifeTest {

    private static final int MAY_BE_SILENT = 600;

    @Autowired
    TestTokens tokens;

    @Autowired
    PresenceTracking tracking;

    @Autowired
    PresenceWatch watch;

    @Autowired
    SignsOfLife signs;

    @Autowired
    HeardHere heardHere;

    @Autowired
    StatementCount statements;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final DeviceAddress pump =
            DeviceAddress.of("o-" + UUID.randomUUID().toString().substring(0, 8), "pump");

    @BeforeEach
    void makeADevice() {
        api().put("/api/v1/device-types/chatty", "{\"offlineAfter\":" + MAY_BE_SILENT + "}");
        api().put("/api/v1/devices/pump", "{\"type\":\"chatty\"}");
    }

    @Test
    void aDeviceThatIsThereAndSaysNothingIsSilentUntilItIsHeard() {
        connectedAt(now.minusSeconds(1_000));
        watchAll();
        assertThat(device().at("/connected").asBoolean()).isTrue();
        assertThat(device().at("/silent").asBoolean()).isTrue();
        assertThat(Instant.parse(api().get("/api/v1/devices/pump/presence")
                        .json()
                        .at("/silent/since")
                        .asString()))
                .as("a little later, for word of what it says may be under way")
                .isEqualTo(now.minusSeconds(1_000 - MAY_BE_SILENT - 120));

        heardAt(now);
        watchAll();
        assertThat(device().at("/silent").asBoolean()).isFalse();
        assertThat(lastSeenAt()).isEqualTo(now);
        assertThat(told()).containsExactly("presence.connected.v1", "presence.silent.v1", "presence.heard.v1");
    }

    @Test
    void aDeviceThatSaysSomethingInTimeIsNotSilent() {
        connectedAt(now.minusSeconds(1_000));
        heardAt(now.minusSeconds(MAY_BE_SILENT));
        watchAll();
        assertThat(device().at("/silent").asBoolean()).isFalse();
    }

    @Test
    void wordThatComesLateDoesNotEndASilence() {
        connectedAt(now.minusSeconds(2_000));
        watchAll();
        heardAt(now.minusSeconds(1_900));
        watchAll();
        assertThat(device().at("/silent").asBoolean()).isTrue();
        assertThat(lastSeenAt()).isEqualTo(now.minusSeconds(1_900));
        assertThat(told()).containsExactly("presence.connected.v1", "presence.silent.v1");
    }

    @Test
    void aSilentDeviceThatGoesIsSilentUntilItComes() {
        Connection connection = connectedAt(now.minusSeconds(1_000));
        watchAll();
        tracking.note(List.of(ConnectionChange.closed(pump, connection, now.minusSeconds(5))));
        watchAll();
        assertThat(device().at("/silent").asBoolean()).isTrue();
        connectedAt(now);
        assertThat(device().at("/silent").asBoolean()).isFalse();
        assertThat(told())
                .containsExactly(
                        "presence.connected.v1",
                        "presence.silent.v1",
                        "presence.disconnected.v1",
                        "presence.connected.v1",
                        "presence.heard.v1");
    }

    @Test
    void aDeviceThatNeverConnectedIsSeenAndCanBeSilent() {
        heardAt(now.minusSeconds(MAY_BE_SILENT + 121));
        watchAll();
        assertThat(device().at("/connected").asBoolean()).isFalse();
        assertThat(device().at("/silent").asBoolean()).isTrue();
    }

    @Test
    void aDeviceThatDoesNotConnectAndIsHeardInTimeAgainAndAgainIsNeverSilent() {
        api().put("/api/v1/device-types/chatty", "{\"offlineAfter\":60}");
        watchAll();
        for (int time = 9; time >= 0; time--) {
            heardAt(now.minusSeconds(7 + time * 55));
        }
        assertThat(lastSeenAt()).as("the last is not written").isEqualTo(now.minusSeconds(62));
        watchAll();
        assertThat(told()).as("when it is heard").isEmpty();

        api().put("/api/v1/device-types/chatty", "{\"offlineAfter\":61}");
        watchAll();
        assertThat(told()).as("when its type says something else").isEmpty();

        api().put("/api/v1/devices/pump", "{\"type\":\"chatty\",\"tags\":{\"site\":\"north\"}}");
        watchAll();
        assertThat(told()).as("when it is described anew").isEmpty();
    }

    @Test
    void whatAnOlderReplicaReckonsMeanwhileIsReckonedAnew() {
        connectedAt(now.minusSeconds(1_000));
        jdbc.sql("UPDATE presence SET silent_at = NULL WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        jdbc.sql("DELETE FROM silence_allowance WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        jdbc.sql("INSERT INTO silence_allowance (tenant, type, seconds) VALUES (?, 'chatty', ?)")
                .params(pump.tenant().value(), MAY_BE_SILENT)
                .update();
        watchAll();
        assertThat(device().at("/silent").asBoolean()).isTrue();
        assertThat(watch.changedAllowances())
                .as("once")
                .noneMatch(allowance -> allowance.tenant().equals(pump.tenant().value()));
    }

    @Test
    void aDeviceThatIsHeardAgainAndAgainIsWrittenSeldom() {
        heardAt(now.minusSeconds(200));
        heardAt(now.minusSeconds(150));
        heardAt(now.minusSeconds(300));
        assertThat(lastSeenAt()).isEqualTo(now.minusSeconds(200));
        heardAt(now.minusSeconds(140));
        assertThat(lastSeenAt()).isEqualTo(now.minusSeconds(140));
    }

    @Test
    void aThousandDevicesTakeOneStatement() {
        Map<DeviceAddress, Instant> heard = new HashMap<>();
        for (int number = 0; number < 1_000; number++) {
            heard.put(
                    new DeviceAddress(
                            pump.tenant(), DeviceAddress.of("x", "d" + number).device()),
                    now);
        }
        heard.put(pump, now);
        assertThat(statements.of(() -> signs.note(heard))).isEqualTo(1);
        assertThat(lastSeenAt()).isEqualTo(now);
    }

    @Test
    void whatADeviceReportsAndAnswersIsASignOfLife() {
        api().asDevice("pump", pump.tenant().value()).patch("/device/v1/state/reported", "{\"battery\":82}");
        assertThat(device().has("lastSeenAt"))
                .as("it is not written for a message")
                .isFalse();
        heardHere.write();
        assertThat(lastSeenAt()).isBetween(now, now.plusSeconds(60));
    }

    private Connection connectedAt(Instant at) {
        Connection connection = new Connection("c" + at, at, null, null);
        tracking.note(List.of(ConnectionChange.opened(pump, connection)));
        return connection;
    }

    private void heardAt(Instant at) {
        signs.note(Map.of(pump, at));
    }

    private void watchAll() {
        watch.changedAllowances().forEach(allowance -> watch.reckon(allowance, "", 1_000));
        watch.fallSilent(1_000);
    }

    private Instant lastSeenAt() {
        return Instant.parse(device().at("/lastSeenAt").asString());
    }

    private JsonNode device() {
        return api().get("/api/v1/devices/pump").json();
    }

    private Api api() {
        return Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
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
