package io.warren.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.simulator.fleet.FirmwareJob.Artifact;
import io.warren.simulator.fleet.FirmwareJob.Release;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FirmwareUpdateTest {

    private static final Faults NONE = new Faults(0, 0, 0, 0);

    private final FileServer server = new FileServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> events = new ArrayList<>();

    FirmwareUpdateTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void everyStepIsReportedInOrder() {
        carryOut(NONE, server.artifact());

        assertThat(events)
                .startsWith("accepted", "downloading")
                .endsWith("downloaded", "installing", "rebooting", "boots 1.1.0", "succeeded");
    }

    @Test
    void aCutDownloadIsResumedAndSucceeds() {
        carryOut(new Faults(0, 0, 1, 0), server.artifact());

        assertThat(server.ranges()).hasSize(2);
        assertThat(events).endsWith("succeeded");
    }

    @Test
    void aWrongChecksumFailsAndNothingIsInstalled() {
        Artifact forged = new Artifact("firmware.bin", server.artifact().url(), FileServer.SIZE, "00".repeat(32));

        carryOut(NONE, forged);

        assertThat(events).doesNotContain("installing").endsWith("failed: The checksum of firmware.bin is wrong");
    }

    @Test
    void anImageThatDoesNotStartFails() {
        carryOut(new Faults(0, 0, 0, 1), server.artifact());

        assertThat(events).endsWith("failed: The new image did not start; the old one is back");
    }

    private void carryOut(Faults faults, Artifact artifact) {
        FirmwareJob job = new FirmwareJob("d-1", "download", new Release("pump", "1.1.0"), List.of(artifact));
        new FirmwareUpdate(http, faults, new SplittableRandom(1)).carryOut(job, new FirmwareUpdate.Target() {
            @Override
            public void report(FirmwareStatus status) {
                assertThat(status.deploymentId()).isEqualTo("d-1");
                events.add(status.status() + (status.detail() == null ? "" : ": " + status.detail()));
            }

            @Override
            public void reboot(String version) {
                events.add("boots " + version);
            }
        });
    }
}
