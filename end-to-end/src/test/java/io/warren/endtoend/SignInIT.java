package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody signs in as somebody else. The broker takes three seconds over each refusal, so the tests wait together. */
@EndToEnd
class SignInIT {

    private final Platform platform;
    private final Tenant tenant;
    private final Device device;

    SignInIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"wrong", "none", " ", "'; DROP TABLE credential; --", "\uFFFF"})
    void aWrongSecretIsRefused(String secret) {
        assertRefused(device.with(secret).client());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theSecretOfAnotherDeviceIsRefused() {
        assertRefused(device.with(tenant.newDevice().secret()).client());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theSecretOfTheSameIdInAnotherTenantIsRefused() {
        Device namesake = platform.newTenant().newDevice(device.id());

        assertRefused(device.with(namesake.secret()).client());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDeviceThatDoesNotExistIsRefused() {
        assertRefused(new Device(platform, tenant.name(), "nobody", device.secret()).client());
        assertRefused(new Device(platform, "no-such-tenant", device.id(), device.secret()).client());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anEmptyPasswordIsRefused() {
        assertRefused(device.with("").client());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aNameWithoutAPasswordIsRefused() {
        assertRefused(device.anonymousClient()
                .identifier(device.name())
                .simpleAuth()
                .username(device.name())
                .applySimpleAuth());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void nobodyIsRefused() {
        assertRefused(device.anonymousClient().identifier(device.name()));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"guest", "admin", "registry", "telemetry"})
    void aUserOfTheBrokerIsRefusedWithThePasswordThatEverybodyTries(String user) {
        assertRefused(device.anonymousClient()
                .identifier(user)
                .simpleAuth()
                .username(user)
                .password(user.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anotherClientIdIsRefusedAndItsOwnerStaysConnected() {
        Device victim = tenant.newDevice();
        try (Connection connection = victim.connect()) {
            assertRefused(device.client().identifier(victim.name()));
            assertRefused(device.client().identifier("something-else"));

            connection.publish(victim.up("telemetry"), "{\"a\": 1}");
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"/:", "%2F:", "other:"})
    void aNameDoesNotSelectAVirtualHost(String prefix) {
        assertRefused(device.anonymousClient()
                .identifier(device.name())
                .simpleAuth()
                .username(prefix + device.name())
                .password(device.secret().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void mosquittoIsRefusedWithAWrongSecretToo() {
        Mosquitto.Ended ended =
                Mosquitto.publisher(device.with("wrong"), "-t", device.up("telemetry"), "-q", "1", "-m", "{\"a\": 1}");

        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(ended.output()).contains("The connection was refused");
    }

    private static void assertRefused(Mqtt5ClientBuilder client) {
        assertThatExceptionOfType(Mqtt5ConnAckException.class)
                .isThrownBy(() -> Connection.open(client.build()).close())
                .satisfies(e -> assertThat(e.getMqttMessage().getReasonCode())
                        .isIn(
                                Mqtt5ConnAckReasonCode.NOT_AUTHORIZED,
                                Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD,
                                Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID));
    }
}
