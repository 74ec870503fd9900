package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever dies, what was acknowledged to a device is stored once. */
@EndToEnd
class KillIT {

    private static final int DEVICES = 10;
    private static final int SOME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Script script;
    private final Fleet fleet;
    private final Tenant tenant;

    KillIT(Platform platform) {
        script = platform.script();
        tenant = platform.newTenant();
        fleet = new Fleet(tenant, DEVICES);
    }

    @AfterEach
    void allIsUpAgain() {
        fleet.close();
        script.succeed("up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telemetry-service",
                "registry-service",
                // those that have no part in it
                "gateway provisioning-service firmware-service",
                "rabbitmq",
                "postgresql"
            })
    void nothingIsLostOrDoubledWhenItIsKilledUnderLoad(String names) throws InterruptedException {
        List<String> victims = List.of(names.split(" "));
        awaitAcknowledged(SOME);

        Processes before = script.status();
        victims.forEach(before::kill);
        script.succeed("up");

        awaitAcknowledged(fleet.leastAcknowledged() + SOME);
        Processes after = script.status();
        assertThat(after.states()).containsExactly("running");
        assertThat(before.replacedIn(after)).containsExactlyInAnyOrderElementsOf(victims);
        fleet.stop();
        assertEverythingIsStoredOnce();
    }

    @Test
    void messagesWaitInTheBrokerWhileTheDatabaseIsAway() throws InterruptedException {
        awaitAcknowledged(SOME);

        script.status().kill("postgresql");
        awaitAcknowledged(fleet.leastAcknowledged() + 3 * SOME);
        script.succeed("up");

        fleet.stop();
        assertEverythingIsStoredOnce();
    }

    private void awaitAcknowledged(long messages) {
        await().atMost(PATIENCE).until(() -> fleet.leastAcknowledged() >= messages);
    }

    /** A window that was interrupted may be stored beyond what was acknowledged, but never in part twice. */
    private void assertEverythingIsStoredOnce() {
        for (Fleet.Sender sender : fleet.senders()) {
            List<Long> acknowledged =
                    LongStream.range(0, sender.acknowledged()).boxed().toList();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(tenant.history(sender.device(), Fleet.STREAM))
                            .extracting(Measurement::seq)
                            .startsWith(acknowledged.toArray(Long[]::new))
                            .doesNotHaveDuplicates());
        }
    }
}
