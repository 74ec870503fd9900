package io.warren.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.simulator.enrollment.ClaimedDevice;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A device that speaks to the real broker, over TLS. */
@Timeout(60)
class FleetIT {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Faults NONE = new Faults(0, 0, 0, 0);

    private final String device = "pump-" + UUID.randomUUID();
    private final PlatformStub platform = new PlatformStub(device);

    FleetIT() throws IOException {}

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void aDeviceRegistersAndMeasuresAndAsksForFirmware() throws IOException {
        try (Fleet fleet = start("claim")) {
            await().until(() -> platform.heard("telemetry/env").size() >= 3);

            JsonNode first = platform.heard("telemetry/env").getFirst();
            assertThat(first.propertyNames()).containsExactlyInAnyOrder("ts", "seq", "values");
            assertThat(first.get("seq").asLong()).isEqualTo(1);
            assertThat(platform.heard("firmware/next/boot")).hasSize(1);
            assertThat(fleet.count(Vitals::isOnline)).isEqualTo(1);
        }
    }

    @Test
    void aPlatformThatIsAwayIsTriedAgain() throws IOException {
        platform.refusals.set(2);
        try (Fleet _ = start("claim")) {
            await().until(() -> !platform.heard("telemetry/env").isEmpty());
        }
    }

    @Test
    void aRefusedClaimTokenIsNotTriedAgain() throws IOException {
        try (Fleet fleet = start("forged")) {
            await().until(() -> fleet.devices().getFirst().activity().contains("403"));

            assertThat(fleet.count(Vitals::isRegistered)).isZero();
        }
    }

    @Test
    void commandsAreAnswered() throws IOException {
        try (Fleet _ = started()) {
            platform.say("commands/c1/identify", Map.of("args", Map.of()));
            platform.say("commands/c2/set-interval", Map.of("args", Map.of("seconds", 3)));
            platform.say("commands/c3/set-interval", Map.of("args", Map.of("seconds", -1)));
            platform.say("commands/c4/dance", Map.of("args", Map.of()));

            assertThat(answer("c1").path("result").path("id").asString()).isEqualTo(device);
            assertThat(answer("c2").path("status").asString()).isEqualTo("succeeded");
            assertThat(answer("c3").path("status").asString()).isEqualTo("rejected");
            assertThat(answer("c4").path("error").asString()).contains("dance");
        }
    }

    @Test
    void aRebootSucceedsOnlyAfterTheDeviceIsBack() throws IOException {
        try (Fleet fleet = started()) {
            platform.say("commands/c1/reboot", Map.of("args", Map.of()));

            await().until(() -> fleet.count(Vitals::isOnline) == 0);
            assertThat(statuses("commands/c1")).containsExactly("accepted");
            await().until(() -> statuses("commands/c1").equals(List.of("accepted", "succeeded")));
        }
    }

    @Test
    void whatWasMeasuredOfflineIsDeliveredInOneBatch() throws IOException {
        try (Fleet fleet = started()) {
            platform.say("commands/c1/reboot", Map.of("args", Map.of()));

            await().until(() -> platform.heard("telemetry/env").stream().anyMatch(JsonNode::isArray));
            await().until(() -> fleet.count(Vitals::isOnline) == 1);
            List<Long> seqs = platform.heard("telemetry/env").stream()
                    .flatMap(body -> body.isArray() ? body.valueStream() : Stream.of(body))
                    .map(measurement -> measurement.get("seq").asLong())
                    .toList();
            assertThat(seqs).isSorted().doesNotHaveDuplicates().last().isEqualTo((long) seqs.size());
        }
    }

    @Test
    void anUpdateIsCarriedOutOnceHoweverOftenItIsSent() throws IOException {
        try (FileServer files = new FileServer();
                Fleet fleet = started()) {
            Map<String, Object> job = Map.of(
                    "deploymentId", "d1",
                    "action", "download",
                    "release", Map.of("name", "pump", "version", "1.1.0"),
                    "artifacts", List.of(files.artifact()),
                    "mode", "forced");
            platform.say("firmware/job", job);
            platform.say("firmware/job", job);

            await().until(() -> statuses("firmware/status").contains("succeeded"));
            assertThat(statuses("firmware/status"))
                    .startsWith("accepted", "downloading")
                    .endsWith("downloaded", "installing", "rebooting", "succeeded")
                    .containsOnlyOnce("accepted", "succeeded");
            assertThat(fleet.devices().getFirst().firmware()).isEqualTo("1.1.0");
        }
    }

    private JsonNode answer(String command) {
        await().until(() -> !platform.heard("commands/" + command).isEmpty());
        return platform.heard("commands/" + command).getFirst();
    }

    private List<String> statuses(String topic) {
        return platform.heard(topic).stream()
                .map(body -> body.path("status").asString())
                .toList();
    }

    private Fleet started() throws IOException {
        Fleet fleet = start("claim");
        await().until(() -> fleet.sum(Vitals::acknowledged) > 0);
        return fleet;
    }

    private Fleet start(String claimToken) throws IOException {
        return Fleet.start(
                platform.installation(),
                List.of(new ClaimedDevice(device, claimToken)),
                INTERVAL,
                NONE,
                Clock.systemUTC());
    }
}
