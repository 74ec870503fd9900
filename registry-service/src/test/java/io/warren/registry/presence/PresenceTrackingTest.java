package io.warren.registry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.presence.ConnectionChange.Connection;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

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
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    DeviceAddress pump = DeviceAddress.of("p-" + UUID.randomUUID().toString().substring(0, 8), "pump");

    @BeforeEach
    void makeADevice() {
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
