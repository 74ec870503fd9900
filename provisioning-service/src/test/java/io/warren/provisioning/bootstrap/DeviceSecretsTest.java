package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.warren.contracts.device.DeviceAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceSecretsTest {

    private final DeviceSecrets secrets = secrets(Base64.getEncoder().encodeToString(new byte[32]));
    private final DeviceAddress pump = DeviceAddress.of("acme", "pump-17");

    @Test
    void theSamePartsGiveTheSameSecret() {
        assertThat(secrets.derive(pump, "line-1", "token", 0))
                .hasSize(43)
                .isEqualTo(secrets.derive(pump, "line-1", "token", 0));
    }

    @Test
    void everyPartAndTheKeyMatter() {
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        Set<String> all = new HashSet<>();
        all.add(secrets.derive(pump, "line-1", "token", 0));
        all.add(secrets.derive(DeviceAddress.of("globex", "pump-17"), "line-1", "token", 0));
        all.add(secrets.derive(DeviceAddress.of("acme", "pump-18"), "line-1", "token", 0));
        all.add(secrets.derive(pump, "line-2", "token", 0));
        all.add(secrets.derive(pump, "line-1", "other", 0));
        all.add(secrets.derive(pump, "line-1", "token", 1));
        all.add(secrets(Base64.getEncoder().encodeToString(otherKey)).derive(pump, "line-1", "token", 0));

        assertThat(all).hasSize(7);
    }

    @Test
    void aWeakOrUnreadableKeyStopsTheService() {
        assertThatIllegalStateException().isThrownBy(() -> secrets("c2hvcnQ="));
        assertThatIllegalStateException().isThrownBy(() -> secrets("!"));
    }

    private static DeviceSecrets secrets(String key) {
        return new DeviceSecrets(new BootstrapProperties(
                key,
                Base64.getEncoder().encodeToString(new byte[32]),
                "localhost",
                8883,
                8884,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5)));
    }
}
