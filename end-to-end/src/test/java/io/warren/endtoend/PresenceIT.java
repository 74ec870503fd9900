package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The registry knows which devices are there. */
@EndToEnd
class PresenceIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Tenant tenant;
    private final Device device;

    PresenceIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @Test
    void aDeviceThatNeverCameIsNotConnected() {
        assertThat(isConnected()).isFalse();
        assertThat(tenant.describe(device).has("lastSeenAt")).isFalse();
    }

    @Test
    void aDeviceIsConnectedFromItsConnectionToItsGoodbye() {
        Instant before = Instant.now().minusSeconds(5);

        try (Connection connection = device.connect()) {
            assertThat(connection.isOpen()).isTrue();
            awaitConnected(true);
        }

        awaitConnected(false);
        JsonNode gone = tenant.describe(device);
        assertThat(Instant.parse(gone.get("lastSeenAt").stringValue()))
                .isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void aSecondConnectionReplacesTheFirstAndTheDeviceStaysConnected() {
        try (Connection first = device.connect()) {
            awaitConnected(true);
            try (Connection second = device.connect()) {
                await().atMost(SOON).until(() -> !first.isOpen());

                await().during(Duration.ofSeconds(2)).atMost(SOON).until(this::isConnected);
                second.publish(device.up("telemetry"), "{\"a\": 1}");
            }
        }
        awaitConnected(false);
    }

    private void awaitConnected(boolean connected) {
        await().atMost(SOON).until(() -> isConnected() == connected);
    }

    private boolean isConnected() {
        return tenant.describe(device).get("connected").booleanValue();
    }
}
