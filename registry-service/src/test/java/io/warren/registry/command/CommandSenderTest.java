package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.presence.DevicesConnected;
import io.warren.testing.backing.TestTokens;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class CommandSenderTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CommandQueue queue;

    @Autowired
    Commands commands;

    @LocalServerPort
    int port;

    @Test
    void whatTheDevicesThatConnectHaveNotAnsweredIsSentAgain() {
        String tenant = "c-" + UUID.randomUUID().toString().substring(0, 8);
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        for (String device : List.of("pump", "valve", "meter")) {
            api.put("/api/v1/devices/" + device, "{}");
            api.post("/api/v1/devices/" + device + "/commands", "{\"name\":\"reboot\"}");
        }
        api.post("/api/v1/devices/pump/commands", "{\"name\":\"update\"}");

        transactions.executeWithoutResult(_ -> events.publishEvent(
                new DevicesConnected(Set.of(DeviceAddress.of(tenant, "pump"), DeviceAddress.of(tenant, "valve")))));

        assertThat(jdbc.sql("SELECT device FROM command WHERE tenant = ? AND send_at IS NOT NULL ORDER BY device")
                        .param(tenant)
                        .query(String.class)
                        .list())
                .containsExactly("pump", "pump", "valve");
    }

    @Test
    void whoHasSentACommandLeavesItsNextSendingToWhomeverWantsItSentAgain() {
        Instant lease = Instant.parse("2999-01-01T00:00:00Z");
        Instant again = lease.plusSeconds(1);
        Commands.Due due = dueAt(lease);
        queue.sent(due);
        assertThat(sendAt(due)).isNull();

        Commands.Due wantedAgain = dueAt(again);
        queue.sent(heldUntil(lease, wantedAgain));
        assertThat(sendAt(wantedAgain)).isEqualTo(again);
        queue.sendLater(heldUntil(lease, wantedAgain), Duration.ofSeconds(1));
        assertThat(sendAt(wantedAgain)).isEqualTo(again);

        queue.sendLater(wantedAgain, Duration.ofDays(1));
        assertThat(sendAt(wantedAgain)).isNotNull().isBefore(again);
    }

    @Test
    void aLeaseIsToldAsItIsKept() {
        Commands.Due due = dueAt(Instant.parse("2900-01-01T00:00:00Z"));
        Commands.Due taken =
                commands.take(Instant.parse("2901-01-01T00:00:00.123456789Z"), Duration.ofDays(1), 1_000).stream()
                        .filter(each -> each.id().equals(due.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(sendAt(due)).isEqualTo(taken.lease());
    }

    /** A command that is to be sent at some time in the far future, so that nobody but the test does. */
    private Commands.Due dueAt(Instant sendAt) {
        DeviceAddress pump =
                DeviceAddress.of("c-" + UUID.randomUUID().toString().substring(0, 8), "pump");
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
        api.put("/api/v1/devices/pump", "{}");
        UUID id = UUID.fromString(api.post("/api/v1/devices/pump/commands", "{\"name\":\"reboot\"}")
                .json()
                .at("/id")
                .asString());
        jdbc.sql("UPDATE command SET send_at = ? WHERE id = ?")
                .params(Timestamp.from(sendAt), id)
                .update();
        return new Commands.Due(id, pump, "reboot", null, Instant.EPOCH, sendAt, sendAt);
    }

    private static Commands.Due heldUntil(Instant lease, Commands.Due due) {
        return new Commands.Due(
                due.id(), due.address(), due.name(), due.args(), due.createdAt(), due.expiresAt(), lease);
    }

    private @Nullable Instant sendAt(Commands.Due due) {
        return jdbc.sql("SELECT send_at FROM command WHERE id = ?")
                .param(due.id())
                .query((row, _) ->
                        Optional.ofNullable(row.getTimestamp("send_at")).map(Timestamp::toInstant))
                .single()
                .orElse(null);
    }
}
