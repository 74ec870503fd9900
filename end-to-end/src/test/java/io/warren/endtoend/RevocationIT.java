package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is taken from a device is felt at once. */
@EndToEnd
class RevocationIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Tenant tenant;
    private final Device device;
    private final String path;

    RevocationIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
        path = "/api/v1/devices/" + device.id();
    }

    @Test
    void aDisabledDeviceIsCutOffAndComesBackOnlyWhenEnabled() {
        try (Connection connection = device.connect()) {
            tenant.rest().patch(path, "{\"enabled\": false}").expect(200);
            await().atMost(AT_ONCE).until(() -> !connection.isOpen());
        }
        assertTurnedAway(device);
        await().atMost(AT_ONCE)
                .until(() -> !tenant.describe(device).get("connected").booleanValue());

        tenant.rest().patch(path, "{\"enabled\": true}").expect(200);
        assertComesIn(device);
    }

    @Test
    void aDeletedDeviceIsCutOff() {
        try (Connection connection = device.connect()) {
            tenant.rest().delete(path).expect(204);
            await().atMost(AT_ONCE).until(() -> !connection.isOpen());
        }
        assertTurnedAway(device);
    }

    @Test
    void aRevokedSecretEndsTheConnectionAndTheOtherOneStaysGood() {
        Device rotated = device.with(tenant.newSecret(device.id()));
        String first = tenant.rest().get(path + "/credentials").expect(200).text("/items/0/id");
        try (Connection connection = device.connect()) {
            tenant.rest().delete(path + "/credentials/" + first).expect(204);
            await().atMost(AT_ONCE).until(() -> !connection.isOpen());
        }

        assertTurnedAway(device);
        assertComesIn(rotated);
    }

    @Test
    void twoSecretsAreValidAtOnceAndAThirdIsRefused() {
        Device rotated = device.with(tenant.newSecret(device.id()));

        assertComesIn(device);
        assertComesIn(rotated);
        tenant.rest().post(path + "/credentials", "{\"kind\": \"secret\"}").expectProblem(409);
    }

    private static void assertComesIn(Device device) {
        try (Connection connection = device.connect()) {
            assertThat(connection.isOpen()).isTrue();
        }
    }

    private static void assertTurnedAway(Device device) {
        assertThatExceptionOfType(Mqtt5ConnAckException.class)
                .isThrownBy(() -> device.connect().close());
    }
}
