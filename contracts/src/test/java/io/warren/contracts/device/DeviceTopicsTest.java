package io.warren.contracts.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicsTest {

    private final DeviceAddress pump = DeviceAddress.of("acme", "pump-17");

    @Test
    void writesTheKeysOfBothDirections() {
        assertThat(DeviceTopics.up(pump, "telemetry", "env")).isEqualTo("v1.acme.pump-17.up.telemetry.env");
        assertThat(DeviceTopics.down(pump, "errors")).isEqualTo("v1.acme.pump-17.down.errors");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(DeviceTopics.parseUp("v1.acme.pump-17.up.telemetry.env")).hasValueSatisfying(topic -> {
            assertThat(topic.address()).isEqualTo(pump);
            assertThat(topic.path()).isEqualTo(List.of("telemetry", "env"));
            assertThat(topic.asMqtt()).isEqualTo("v1/acme/pump-17/up/telemetry/env");
        });
    }

    @Test
    void aGatewayNamesTheDeviceBehindIt() {
        DeviceRoute route = new DeviceRoute(DeviceAddress.of("acme", "s1"), new DeviceId("pump-17"));
        assertThat(route.down("commands", "c1", "run")).isEqualTo("v1.acme.pump-17.down.via.s1.commands.c1.run");
        assertThat(DeviceTopics.parseUp("v1.acme.pump-17.up.via.s1.telemetry.env"))
                .hasValueSatisfying(topic -> {
                    assertThat(topic.route()).isEqualTo(route);
                    assertThat(topic.sender()).isEqualTo(pump);
                    assertThat(topic.address()).isEqualTo(route.device());
                    assertThat(topic.path()).isEqualTo(List.of("telemetry", "env"));
                    assertThat(topic.asMqtt()).isEqualTo("v1/acme/pump-17/up/via/s1/telemetry/env");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1.acme.pump-17.up.via",
                "v1.acme.pump-17.up.via.s1",
                "v1.acme.pump-17.up.via.s#.telemetry",
                "v1.acme.pump-17.up",
                "v1.acme.pump-17.down.errors",
                "v2.acme.pump-17.up.telemetry",
                "v1.Acme.pump-17.up.telemetry",
                "v1.acme.pump#17.up.telemetry"
            })
    void whatIsNoTopicOfADeviceIsNotRead(String key) {
        assertThat(DeviceTopics.parseUp(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pump", "@acme", "pump@", "pump@acme@other", "a.b@acme", "pump@ACME", "pump@acme/bootstrap"})
    void whatIsNoAddressIsNotRead(String text) {
        assertThat(DeviceAddress.parse(text)).isEmpty();
    }

    @Test
    void anAddressReadsBackWhatItWrote() {
        assertThat(DeviceAddress.parse(pump.toString())).contains(pump);
    }

    @Test
    void idsOutsideTheGrammarAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceId("a".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceId("a.b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantId("-acme"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantId("a".repeat(33)));
    }
}
