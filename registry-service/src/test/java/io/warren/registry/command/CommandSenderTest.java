package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.presence.DevicesConnected;
import io.warren.testing.backing.TestTokens;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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

    @Autowired
    StatementCount statements;

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
    void aDisabledDeviceIsSentNothingThroughItsGatewayUntilItIsEnabledAgain() {
        String tenant = "c-" + UUID.randomUUID().toString().substring(0, 8);
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/edge", "{}");
        api.put("/api/v1/devices/sensor", "{\"gateway\":\"edge\",\"enabled\":false}");
        jdbc.sql("UPDATE presence SET connected = true WHERE tenant = ? AND device = 'edge'")
                .param(tenant)
                .update();
        api.post("/api/v1/devices/sensor/commands", "{\"name\":\"reboot\"}");
        assertThat(toBeSent(tenant)).isZero();

        api.patch("/api/v1/devices/sensor", "{\"enabled\":true}");
        assertThat(toBeSent(tenant)).isEqualTo(1);
    }

    @Test
    void whoHasSentACommandLeavesItsNextSendingToWhomeverWantsItSentAgain() {
        Instant lease = Instant.parse("2999-01-01T00:00:00Z");
        Instant again = lease.plusSeconds(1);
        Commands.Due due = dueAt(lease);
        queue.settle(List.of(new Commands.Sent(due, null)));
        assertThat(sendAt(due)).isNull();

        Commands.Due wantedAgain = dueAt(again);
        queue.settle(List.of(new Commands.Sent(heldUntil(lease, wantedAgain), null)));
        assertThat(sendAt(wantedAgain)).isEqualTo(again);
        queue.settle(List.of(new Commands.Sent(heldUntil(lease, wantedAgain), lease.minusSeconds(9))));
        assertThat(sendAt(wantedAgain)).isEqualTo(again);

        queue.settle(List.of(new Commands.Sent(wantedAgain, lease.minusSeconds(9))));
        assertThat(sendAt(wantedAgain)).isEqualTo(lease.minusSeconds(9));
    }

    @Test
    void theCommandsOfADeviceAreTakenOneBehindTheOther() {
        Commands.Due first = dueAt(Instant.parse("2902-01-01T00:00:00Z"));
        Commands.Due second = anotherDueAt(first, Instant.parse("2901-01-01T00:00:00Z"));
        Instant farAway = Instant.parse("2903-01-01T00:00:00Z");

        Commands.Due taken = take(farAway, first).getFirst();
        assertThat(taken.id()).isEqualTo(first.id());
        assertThat(take(farAway.plusSeconds(1), first))
                .as("the first is on its way")
                .isEmpty();
        queue.settle(List.of(new Commands.Sent(taken, null)));
        assertThat(take(farAway, first)).extracting(Commands.Due::id).containsExactly(second.id());
    }

    @Test
    void aCommandThatNoQueueTakesDoesNotHoldUpTheOthersForLong() {
        Commands.Due first = dueAt(Instant.parse("2904-01-01T00:00:00Z"));
        Commands.Due second = anotherDueAt(first, Instant.parse("2904-01-01T00:00:00Z"));
        Instant farAway = Instant.parse("2905-01-01T00:00:00Z");

        for (int tries = 0; tries < 4; tries++) {
            List<Commands.Due> taken = take(farAway, first);
            assertThat(taken).extracting(Commands.Due::id).containsExactly(first.id());
            queue.settle(List.of(new Commands.Sent(taken.getFirst(), farAway)));
        }
        assertThat(take(farAway, first)).extracting(Commands.Due::id).contains(second.id());
    }

    @Test
    void whatBecameOfManyTakesAsManyStatementsAsOfOne() {
        Commands.Due one = dueAt(Instant.parse("2906-01-01T00:00:00Z"));
        List<Commands.Sent> many = Stream.generate(() -> dueAt(Instant.parse("2906-01-01T00:00:00Z")))
                .limit(20)
                .map(due -> new Commands.Sent(due, null))
                .toList();
        int forOne = statements.of(() -> queue.settle(List.of(new Commands.Sent(one, null))));
        assertThat(forOne).as("the commands and their timelines").isEqualTo(2);
        assertThat(statements.of(() -> queue.settle(many))).isEqualTo(forOne);
    }

    @Test
    void aLeaseIsToldAsItIsKept() {
        Commands.Due due = dueAt(Instant.parse("2900-01-01T00:00:00Z"));
        Commands.Due taken =
                take(Instant.parse("2901-01-01T00:00:00.123456789Z"), due).getFirst();
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
        return new Commands.Due(id, pump, "reboot", null, sendAt, sendAt, 0);
    }

    private int toBeSent(String tenant) {
        return jdbc.sql("SELECT count(*) FROM command WHERE tenant = ? AND send_at IS NOT NULL")
                .param(tenant)
                .query(Integer.class)
                .single();
    }

    /** A younger one for the same device. */
    private Commands.Due anotherDueAt(Commands.Due due, Instant sendAt) {
        UUID id = UUID.fromString(Api.asPlatformAdmin(port, tokens)
                .as(due.address().tenant().value(), "operator")
                .post("/api/v1/devices/pump/commands", "{\"name\":\"reboot\"}")
                .json()
                .at("/id")
                .asString());
        jdbc.sql("UPDATE command SET send_at = ? WHERE id = ?")
                .params(Timestamp.from(sendAt), id)
                .update();
        return new Commands.Due(id, due.address(), "reboot", null, sendAt, sendAt, 0);
    }

    /** Takes what is due at some time in the far future; answers with what the test's own device is to do. */
    private List<Commands.Due> take(Instant now, Commands.Due own) {
        return commands.take(now, Duration.ofDays(1), 1_000).stream()
                .filter(each -> each.address().equals(own.address()))
                .toList();
    }

    private static Commands.Due heldUntil(Instant lease, Commands.Due due) {
        return new Commands.Due(due.id(), due.address(), due.name(), due.args(), due.expiresAt(), lease, due.tries());
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
