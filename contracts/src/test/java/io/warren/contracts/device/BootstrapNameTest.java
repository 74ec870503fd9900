package io.warren.contracts.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapNameTest {

    @Test
    void readsBackWhatItWrote() {
        BootstrapName pump = new BootstrapName(DeviceAddress.of("acme", "pump-17"));
        assertThat(pump).hasToString("pump-17@acme/bootstrap");
        assertThat(BootstrapName.parse(pump.toString())).contains(pump);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pump-17@acme",
                "pump-17@acme/Bootstrap",
                "pump-17@acme/bootstrap/",
                "pump-17@acme/bootstrap/bootstrap",
                "pump-17/bootstrap@acme",
                "/bootstrap",
                "@/bootstrap",
                "pump.17@acme/bootstrap"
            })
    void anythingElseIsNone(String text) {
        assertThat(BootstrapName.parse(text)).isEmpty();
    }

    @Test
    void aDeviceOfThatNameIsNone() {
        assertThat(DeviceAddress.parse("pump-17@acme/bootstrap")).isEmpty();
    }
}
