package io.warren.registry.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.testing.contract.ContractFile;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void theSameDescriptionChangesNothing() {
        Device device = device(description("Pump", true));
        assertThat(device.describe(description("Pump", true))).isFalse();
        assertThat(device.describe(description("Pump", null))).isFalse();
        assertThat(device.describe(description("Valve", null))).isTrue();
    }

    @Test
    void aNewDeviceMayConnectUnlessItIsSaidNotTo() {
        assertThat(device(description(null, null)).enabled()).isTrue();
        assertThat(device(description(null, false)).enabled()).isFalse();
    }

    @Test
    void aDescriptionThatSaysNothingOfItLeavesTheDeviceDisabled() {
        Device device = device(description("Pump", false));
        device.describe(description("Valve", null));
        assertThat(device.enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DeviceEvent.REGISTERED, DeviceEvent.UPDATED, DeviceEvent.DELETED})
    void itsEventsKeepTheirForm(String type) {
        ContractFile.event(type)
                .matchesJsonOf(device(description("Pump 17", null)).event(3, NOON));
    }

    private static Device device(DeviceDescription description) {
        return new Device(DeviceAddress.of("acme", "pump-17"), description, null, NOON, 1);
    }

    private static DeviceDescription description(@Nullable String name, @Nullable Boolean enabled) {
        return new DeviceDescription(
                "generic", name, Map.of("site", "lyon"), Map.of("serial", "A-1"), new DeviceId("edge-1"), enabled);
    }
}
