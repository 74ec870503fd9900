package io.warren.registry.statesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.presence.DevicesConnected;
import io.warren.registry.statesync.StateDeliveries.Taken;
import io.warren.testing.backing.TestTokens;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** In the far future, so that the sender of the service itself has nothing to do with it. */
@RegistryTest
class StateDeliveriesTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Autowired
    TestTokens tokens;

    @Autowired
    StateDeliveries deliveries;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Instant due = Instant.EPOCH;
    DeviceAddress pump = DeviceAddress.of("nobody", "pump");

    @SuppressWarnings("NullAway.Init")
    Api api;

    @BeforeEach
    void makeADeviceThatIsToBeTold() {
        pump = DeviceAddress.of("s-" + UUID.randomUUID().toString().substring(0, 8), "pump");
        api = Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
        api.put("/api/v1/devices/pump", "{}");
        desire(1);
        due = Instant.parse("2900-01-01T00:00:00Z");
        sendAt(due);
    }

    @Test
    void whoTakesADeviceHasItAloneAndHasTheNewest() {
        desire(2);
        sendAt(due);
        Taken taken = take(due).getFirst();
        assertThat(taken.version()).isEqualTo(2);
        assertThat(taken.desired()).contains("\"value\": 2");
        desire(3);
        sendAt(due.plusSeconds(1));
        assertThat(take(due.plusSeconds(29)))
                .as("another version waits for the one under way")
                .isEmpty();

        deliveries.sent(taken);
        assertThat(column("sent_version")).isEqualTo(2L);
        assertThat(take(due.plusSeconds(29)).getFirst().version()).isEqualTo(3);
    }

    @Test
    void whoseTakerDiedIsTakenAgainAfterTheLease() {
        Taken lost = take(due).getFirst();
        assertThat(take(due.plus(LEASE).minusMillis(1))).isEmpty();
        Taken taken = take(due.plus(LEASE)).getFirst();
        deliveries.sent(lost);
        assertThat(column("send_at")).as("the first taker has no say any more").isNotNull();
        deliveries.sent(taken);
        assertThat(column("send_at")).isNull();
    }

    @Test
    void whatNoQueueTakesIsTriedAgainAndAtLastGivenUp() {
        deliveries.refused(take(due).getFirst(), due.plusSeconds(1));
        Taken again = take(due.plusSeconds(1)).getFirst();
        assertThat(again.failures()).isEqualTo(1);
        deliveries.refused(again, null);
        assertThat(column("send_at")).isNull();
        assertThat(column("sent_version")).isEqualTo(0L);
        desire(2);
        assertThat(column("send_failures")).isEqualTo(0);
    }

    @Test
    void whoeverWantsItSentAgainMeanwhileIsHeard() {
        Taken taken = take(due).getFirst();
        sendAt(due.plusSeconds(2));
        deliveries.sent(taken);
        assertThat(take(due.plusSeconds(2))).hasSize(1);
    }

    @Test
    void aDeviceThatConnectsIsToldWhatItLacks() {
        sendAt(null);
        connect();
        assertThat(column("send_at")).as("nothing was told yet").isNotNull();

        sendAt(null);
        jdbc.sql("UPDATE device_state SET sent_version = desired_version WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        connect();
        assertThat(column("send_at")).as("told, and not in sync").isNotNull();

        sendAt(null);
        jdbc.sql("UPDATE device_state SET in_sync = true WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        connect();
        assertThat(column("send_at")).as("told and in sync").isNull();
    }

    private void connect() {
        transactions.executeWithoutResult(_ -> events.publishEvent(new DevicesConnected(Set.of(pump))));
    }

    private void desire(int value) {
        assertThat(api.patch("/api/v1/devices/pump/state/desired", "{\"value\":" + value + "}")
                        .status())
                .isEqualTo(200);
    }

    private List<Taken> take(Instant now) {
        return deliveries.take(now, LEASE, 1_000).stream()
                .filter(taken -> taken.address().equals(pump))
                .toList();
    }

    private void sendAt(@Nullable Instant at) {
        jdbc.sql("UPDATE device_state SET send_at = ? WHERE tenant = ?")
                .param(at == null ? null : Timestamp.from(at))
                .param(pump.tenant().value())
                .update();
    }

    private @Nullable Object column(String name) {
        Map<String, @Nullable Object> row = jdbc.sql("SELECT * FROM device_state WHERE tenant = ?")
                .param(pump.tenant().value())
                .query()
                .singleRow();
        return row.get(name);
    }
}
