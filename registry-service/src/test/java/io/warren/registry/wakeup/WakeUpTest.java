package io.warren.registry.wakeup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.WakeUpText;
import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.RegistryTest;
import io.warren.registry.messagegateway.MessageCentre;
import io.warren.registry.presence.DevicesConnected;
import io.warren.registry.wakeup.TestGateway.Taken;
import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class WakeUpTest {

    private static final TestGateway GATEWAY = new TestGateway();
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Outbox outbox;

    @Autowired
    DeploymentFeed deployments;

    @Autowired
    WakeUpHousekeeping housekeeping;

    @LocalServerPort
    int port;

    SleepingFleet fleet;

    @DynamicPropertySource
    static void reachTheGateway(DynamicPropertyRegistry properties) {
        properties.add("warren.wake-up-channel.allowed-networks", () -> "127.0.0.0/8,::1/128");
        properties.add("warren.wake-up-channel.ca-file", () -> TestGateway.CERTIFICATE.certificate());
    }

    @AfterAll
    static void stop() {
        GATEWAY.stop();
    }

    @BeforeEach
    void make() {
        fleet = new SleepingFleet(port, tokens);
    }

    @Test
    void aCommandForASleepingDeviceWakesItWithATextThatItBelieves() throws GeneralSecurityException {
        fleet.webhook("sms", GATEWAY.url("ok"));
        byte[] key = fleet.device("pump", "sms");
        fleet.command("pump");
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);

        Taken taken = GATEWAY.takenFor(fleet.tenant()).getFirst();
        assertThat(taken.body().at("/device").asString()).isEqualTo("pump");
        assertThat(taken.body().at("/address").asString()).isEqualTo("+33612345678");
        WakeUpText text = WakeUpText.parse(taken.body().at("/text").asString()).orElseThrow();
        assertThat(text.isSignedWith(key, fleet.address("pump"))).isTrue();
        assertThat(text.nonce()).isEqualTo(taken.body().at("/nonce").asString()).isEqualTo(taken.idempotencyKey());
        assertThat(text.time()).isEqualTo(taken.body().at("/time").asLong());
        assertThat(taken.signature()).isEqualTo(signature(taken));

        var timeline = fleet.api().get("/api/v1/devices/pump/timeline?kind=wakeup");
        assertThat(timeline.json().at("/items/0/event").asString()).isEqualTo("sent");
        assertThat(timeline.text() + fleet.wakeUp("pump"))
                .doesNotContain("33612345678", text.nonce(), SleepingFleet.SECRET);
        assertThat(fleet.state("pump")).isEqualTo("waiting");
        assertThat(fleet.wakeUp("pump").at("/reason").asString()).isEqualTo("command");
    }

    @Test
    void aMessageCentreDoesAsWell() throws IOException {
        try (MessageCentre centre = new MessageCentre(TestGateway.CERTIFICATE.server(), _ -> 0)) {
            fleet.channel(
                    "centre",
                    "{\"smpp\":{\"host\":\"localhost\",\"port\":" + centre.port() + ",\"systemId\":\""
                            + MessageCentre.SYSTEM_ID + "\",\"password\":\"" + MessageCentre.PASSWORD + "\"}}");
            List<byte[]> keys = List.of(
                    fleet.device("pump", "centre"), fleet.device("valve", "centre"), fleet.device("meter", "centre"));
            List.of("pump", "valve", "meter").forEach(fleet::command);
            await().atMost(SOON).until(() -> centre.messages().size() == 3);
            assertThat(keys)
                    .allMatch(key -> centre.messages().stream()
                            .flatMap(message -> WakeUpText.parse(MessageCentre.text(message)).stream())
                            .anyMatch(text -> List.of("pump", "valve", "meter").stream()
                                    .anyMatch(device -> text.isSignedWith(key, fleet.address(device)))));
            await().atMost(SOON).until(() -> fleet.sent("meter") == 1);
        }
    }

    @Test
    void allThatADeviceIsWantedForIsOneWakeUp() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        for (int i = 0; i < 5; i++) {
            fleet.command("pump");
        }
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
        fleet.command("pump");
        assertThat(fleet.api().get("/api/v1/devices/pump/wake-ups").json().at("/items"))
                .hasSize(1);
        assertThat(GATEWAY.takenFor(fleet.tenant())).hasSize(1);
    }

    @Test
    void aDeviceThatHasComeIsWokenNoMore() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        fleet.command("pump");
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
        transactions.executeWithoutResult(
                _ -> events.publishEvent(new DevicesConnected(Set.of(fleet.address("pump")))));
        assertThat(fleet.state("pump")).isEqualTo("awake");
        assertThat(fleet.wakeUp("pump").at("/nextAt").isMissingNode()).isTrue();
    }

    @Test
    void aDeviceThatIsThereOrMayNotComeOrHasNoWayIsNotWoken() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("there", "sms");
        fleet.device("disabled", "sms");
        fleet.device("deaf", "generic");
        setConnected("there", true);
        fleet.api().patch("/api/v1/devices/disabled", "{\"enabled\":false}");
        for (String device : List.of("there", "disabled", "deaf")) {
            fleet.command(device);
            assertThat(fleet.state(device)).as(device).isEmpty();
        }
        assertThat(wake("there")).isEqualTo("device-connected");
        assertThat(wake("disabled")).isEqualTo("device-not-wakeable");
        assertThat(wake("deaf")).isEqualTo("device-not-wakeable");
        assertThat(wake("missing")).isEqualTo("device-not-found");
    }

    @Test
    void whatNobodyWaitsForAnyMoreWakesNobody() {
        fleet.webhook("dead", GATEWAY.url("dead"));
        fleet.device("pump", "dead");
        fleet.command("pump");
        await().atMost(SOON).until(() -> !fleet.error("pump").isEmpty());
        assertThat(fleet.error("pump")).isEqualTo("answered 500");

        jdbc.sql("UPDATE command SET state = 'CANCELLED' WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
        fallDue();
        await().atMost(SOON).until(() -> fleet.state("pump").equals("unneeded"));
    }

    @Test
    void anOperatorWakesADeviceByHand() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        var asked = fleet.api().as(fleet.tenant(), "operator").post("/api/v1/devices/pump:wake", "");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.json().at("/reason").asString()).isEqualTo("request");
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);

        assertThat(fleet.api()
                        .as(fleet.tenant(), "viewer")
                        .post("/api/v1/devices/pump:wake", "")
                        .status())
                .isEqualTo(403);
        // again: not before the pause is over
        assertThat(wake("pump")).isEmpty();
        fallDue();
        await().atMost(SOON)
                .until(() -> Instant.parse(fleet.wakeUp("pump").at("/nextAt").asString())
                        .isAfter(Instant.now().plusSeconds(20)));
        assertThat(fleet.sent("pump")).isEqualTo(1);
    }

    @Test
    void aChannelThatDoesNotWorkHoldsUpNoOther() {
        fleet.webhook("dead", GATEWAY.url("dead"));
        fleet.webhook("private", "https://10.1.2.3/");
        fleet.webhook("sms", GATEWAY.url("ok"));
        for (int i = 0; i < 20; i++) {
            fleet.device("dead-" + i, "dead");
            fleet.command("dead-" + i);
        }
        fleet.device("private", "private");
        fleet.command("private");
        fleet.device("pump", "sms");
        fleet.command("pump");
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
        await().atMost(SOON)
                .until(() -> fleet.error("private").equals("the host has no address that may be connected to"));
        assertThat(GATEWAY.takenFor(fleet.tenant()).stream()
                        .filter(each -> each.path().equals("/dead")))
                .as("the channel rests after each message in vain")
                .hasSizeLessThan(5);
        assertThat(fleet.api()
                        .get("/api/v1/devices/private/timeline?kind=wakeup")
                        .json()
                        .at("/items/0/event")
                        .asString())
                .isEqualTo("failed");
    }

    @Test
    void aGatewayThatWantsNoMoreForNowIsLeftAlone() {
        fleet.webhook("busy", GATEWAY.url("busy"));
        fleet.device("pump", "busy");
        fleet.command("pump");
        await().atMost(SOON)
                .until(() -> Instant.parse(fleet.wakeUp("pump").at("/nextAt").asString())
                        .isAfter(Instant.now().plusSeconds(500)));
        assertThat(GATEWAY.takenFor(fleet.tenant())).hasSize(1);
        assertThat(fleet.error("pump")).isEmpty();
    }

    @Test
    void nobodyIsFollowedElsewhere() {
        fleet.webhook("elsewhere", GATEWAY.url("elsewhere"));
        fleet.device("pump", "elsewhere");
        fleet.command("pump");
        await().atMost(SOON).until(() -> fleet.error("pump").equals("answered 307"));
        assertThat(GATEWAY.takenFor(fleet.tenant())).extracting(Taken::path).containsOnly("/elsewhere");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        fleet.webhook("endless", GATEWAY.url("endless"));
        fleet.device("pump", "endless");
        fleet.command("pump");
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
    }

    @Test
    void aMessageThatMayHaveBeenSentIsSentAgainAsItWas() {
        fleet.webhook("dead", GATEWAY.url("dead"));
        fleet.device("pump", "dead");
        fleet.command("pump");
        await().atMost(SOON).until(() -> !fleet.error("pump").isEmpty());
        fallDue();
        await().atMost(SOON).until(() -> GATEWAY.takenFor(fleet.tenant()).size() == 2);
        List<Taken> both = GATEWAY.takenFor(fleet.tenant());
        assertThat(both.get(1).body()).isEqualTo(both.get(0).body());
        assertThat(both.get(1).idempotencyKey()).isEqualTo(both.get(0).idempotencyKey());
    }

    @Test
    void aDeviceThatCannotBeWokenIsGivenUp() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.webhook("stranger", GATEWAY.url("stranger"));
        fleet.device("nowhere", "sms");
        fleet.api().patch("/api/v1/devices/nowhere", "{\"identifiers\":{\"msisdn\":null}}");
        fleet.command("nowhere");
        await().atMost(SOON).until(() -> fleet.state("nowhere").equals("failed"));
        assertThat(fleet.error("nowhere")).isEqualTo("the device has no number where its type says");

        fleet.api().put("/api/v1/devices/mute", "{\"type\":\"sms\",\"identifiers\":{\"msisdn\":\"+33612345678\"}}");
        fleet.command("mute");
        await().atMost(SOON).until(() -> fleet.state("mute").equals("failed"));
        assertThat(fleet.error("mute")).isEqualTo("the device has no secret that can sign");

        fleet.device("stranger", "stranger");
        fleet.command("stranger");
        await().atMost(SOON).until(() -> {
            fallDue();
            return fleet.state("stranger").equals("failed");
        });
        assertThat(fleet.error("stranger")).isEqualTo("answered 422");
    }

    @Test
    void aDeviceThatLeavesWhileSomethingWaitsIsCalledBack() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        setConnected("pump", true);
        fleet.command("pump");
        assertThat(fleet.state("pump")).isEmpty();

        setConnected("pump", false);
        transactions.executeWithoutResult(_ -> outbox.append(
                RegistryEvents.EXCHANGE,
                PresenceEvent.DISCONNECTED,
                new PresenceEvent(fleet.tenant(), "pump", 1, Instant.now(), null, null, null, null)));
        assertThat(fleet.wakeUp("pump").at("/reason").asString()).isEqualTo("unfinished");
        assertThat(Instant.parse(fleet.wakeUp("pump").at("/nextAt").asString()))
                .isAfter(Instant.now().plusSeconds(200));
    }

    @Test
    void aDeploymentWakesItsDevice() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        String deployment = UUID.randomUUID().toString();
        deployments.receive(deployment(deployment, "pending"), UUID.randomUUID().toString(), DeploymentEvent.CREATED);
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
        assertThat(fleet.wakeUp("pump").at("/reason").asString()).isEqualTo("deployment");

        deployments.receive(
                deployment(deployment, "cancelled"), UUID.randomUUID().toString(), DeploymentEvent.ENDED);
        fallDue();
        await().atMost(SOON).until(() -> fleet.state("pump").equals("unneeded"));
    }

    @Test
    void whatWaitsForADeletedChannelEnds() {
        fleet.webhook("dead", GATEWAY.url("dead"));
        fleet.device("pump", "dead");
        fleet.command("pump");
        await().atMost(SOON).until(() -> !fleet.error("pump").isEmpty());
        fleet.api().patch("/api/v1/device-types/dead", "{\"wakeUp\":null}");
        assertThat(fleet.api().delete("/api/v1/wake-up-channels/dead").status()).isEqualTo(204);
        assertThat(fleet.error("pump")).isEqualTo("the channel was deleted");
    }

    @Test
    void whatWaitsForADeletedChannelGoesToTheOneThatTheTypeNamesNow() {
        fleet.webhook("dead", GATEWAY.url("dead"));
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "dead");
        fleet.command("pump");
        await().atMost(SOON).until(() -> !fleet.error("pump").isEmpty());
        fleet.api()
                .patch(
                        "/api/v1/device-types/dead",
                        "{\"wakeUp\":{\"channel\":\"sms\",\"address\":\"identifiers.msisdn\"}}");
        assertThat(fleet.api().delete("/api/v1/wake-up-channels/dead").status()).isEqualTo(204);
        await().atMost(SOON).until(() -> fleet.sent("pump") == 1);
        assertThat(fleet.state("pump")).isEqualTo("waiting");
        assertThat(fleet.wakeUp("pump").at("/channel").asString()).isEqualTo("sms");
    }

    @Test
    void aDeviceThatIsReachedThroughItsGatewayIsNotWoken() {
        makeADeviceBehindAGateway();
        setConnected("edge", true);
        fleet.command("sensor");
        assertThat(fleet.state("sensor") + fleet.state("edge")).isEmpty();
        assertThat(wake("sensor")).isEqualTo("device-connected");
    }

    @Test
    void aGatewayIsWokenForWhatWaitsForADeviceBehindIt() {
        makeADeviceBehindAGateway();
        fleet.command("sensor");
        await().atMost(SOON).until(() -> fleet.sent("edge") == 1);
        assertThat(fleet.state("sensor")).isEmpty();

        fallDue();
        await().atMost(SOON)
                .until(() -> Instant.parse(fleet.wakeUp("edge").at("/nextAt").asString())
                        .isAfter(Instant.now().plusSeconds(20)));
        assertThat(fleet.state("edge")).as("something still waits").isEqualTo("waiting");
        assertThat(fleet.api().post("/api/v1/devices/sensor:wake", "").json().at("/id"))
                .isEqualTo(fleet.wakeUp("edge").at("/id"));

        fleet.api().patch("/api/v1/devices/sensor", "{\"enabled\":false}");
        jdbc.sql("UPDATE wake_up SET wanted_until = NULL WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
        fallDue();
        await().atMost(SOON).until(() -> fleet.state("edge").equals("unneeded"));
        fleet.command("sensor");
        assertThat(fleet.state("edge"))
                .as("nothing is sent to a disabled device")
                .isEqualTo("unneeded");
    }

    @Test
    void aDeploymentThatIsOverBeforeItIsHeardOfWakesNobody() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        String deployment = UUID.randomUUID().toString();
        deployments.receive(
                deployment(deployment, "cancelled"), UUID.randomUUID().toString(), DeploymentEvent.ENDED);
        deployments.receive(deployment(deployment, "pending"), UUID.randomUUID().toString(), DeploymentEvent.CREATED);
        assertThat(fleet.state("pump")).isEmpty();
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        jdbc.sql("""
                        INSERT INTO wake_up (id, tenant, device, channel, reason, state, created_at, finished_at)
                        SELECT gen_random_uuid(), ?, 'pump', 'sms', 'COMMAND', 'AWAKE', now(), now() - age * interval '20 days'
                        FROM generate_series(1, 2) AS age""").param(fleet.tenant()).update();
        jdbc.sql("""
                        INSERT INTO awaited_deployment (deployment, tenant, device, created_at, ended_at)
                        SELECT gen_random_uuid(), ?, 'pump', now(), now() - age * interval '2 days'
                        FROM generate_series(0, 2) AS age""").param(fleet.tenant()).update();
        housekeeping.forget();
        assertThat(jdbc.sql("""
                                SELECT (SELECT count(*) FROM wake_up WHERE tenant = :tenant) || ' '
                                       || (SELECT count(*) FROM awaited_deployment WHERE tenant = :tenant)""")
                        .param("tenant", fleet.tenant())
                        .query(String.class)
                        .single())
                .isEqualTo("1 2");
    }

    @Test
    void anotherTenantsDeviceIsNotWoken() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("pump", "sms");
        var stranger = fleet.api().withTenant("w-stranger");
        assertThat(stranger.post("/api/v1/devices/pump:wake", "").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/devices/pump/wake-ups").status()).isEqualTo(404);
    }

    /** Lets time pass: whatever waits for a channel of this tenant, and the channels, are due. */
    private void fallDue() {
        jdbc.sql("UPDATE wake_up SET due_at = now() WHERE tenant = ? AND due_at IS NOT NULL")
                .param(fleet.tenant())
                .update();
        jdbc.sql("UPDATE wake_up_channel SET turn_at = now() WHERE tenant = ?")
                .param(fleet.tenant())
                .update();
    }

    private void makeADeviceBehindAGateway() {
        fleet.webhook("sms", GATEWAY.url("ok"));
        fleet.device("edge", "sms");
        fleet.device("sensor", "sms");
        fleet.api().patch("/api/v1/devices/sensor", "{\"gateway\":\"edge\"}");
    }

    private void setConnected(String device, boolean connected) {
        jdbc.sql("UPDATE presence SET connected = ? WHERE tenant = ? AND device = ?")
                .params(connected, fleet.tenant(), device)
                .update();
    }

    private String wake(String device) {
        return fleet.api().post("/api/v1/devices/" + device + ":wake", "").problem();
    }

    private DeploymentEvent deployment(String id, String status) {
        return new DeploymentEvent(
                fleet.tenant(), id, 0, "pump", "pump-1.4.0", status, null, null, null, Instant.now());
    }

    private static String signature(Taken taken) throws GeneralSecurityException {
        String time = taken.signature().substring(2, taken.signature().indexOf(','));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SleepingFleet.SECRET.getBytes(UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(US_ASCII));
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(taken.bytes()));
    }
}
