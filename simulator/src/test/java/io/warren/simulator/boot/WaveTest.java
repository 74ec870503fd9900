package io.warren.simulator.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.simulator.enrollment.BootstrapDoor;
import io.warren.simulator.enrollment.FactoryDevice;
import io.warren.simulator.enrollment.FactoryGroup;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.Trust;
import io.warren.testing.tls.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaveTest {

    private static final FactoryDevice DEVICE = FactoryGroup.of("pumps", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")
            .device("pump-17");

    @Test
    void aDeviceThatFailsIsNotWaitedFor() throws Exception {
        URI nowhere = URI.create("https://localhost:1");
        Trust trust = Trust.inPem(Files.readString(TestCertificate.generate().certificate()));
        BootstrapDoor door = new BootstrapDoor(new Installation(nowhere, nowhere, "acme", "key", trust), 1);
        door.close();

        try (Wave wave = Wave.start(List.of(DEVICE), door, Duration.ZERO)) {
            assertThat(wave.await(Duration.ofSeconds(20))).isTrue();
            assertThat(wave.refused()).isEqualTo(1);
            assertThat(wave.refusals()).hasSize(1);
        }
    }
}
