package io.warren.firmware.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.firmware.deployment.Deployment.Reception;
import io.warren.firmware.status.DeploymentStatus;
import io.warren.firmware.status.StatusReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Deployment deployment = new Deployment(
            DeviceAddress.of("acme", "pump-17"), new DeploymentRequest("r1", DeploymentMode.FORCED, null), NOW);

    @Test
    void itGoesThroughEveryStep() {
        deployment.sent(NOW);
        for (DeploymentStatus status : List.of(
                DeploymentStatus.ACCEPTED,
                DeploymentStatus.DOWNLOADING,
                DeploymentStatus.DOWNLOADED,
                DeploymentStatus.INSTALLING,
                DeploymentStatus.REBOOTING,
                DeploymentStatus.SUCCEEDED)) {
            assertThat(report(status)).isEqualTo(Reception.MOVED);
        }

        assertThat(deployment.isEnded()).isTrue();
        assertThat(deployment.viewWithHistory().history())
                .extracting(Step::status)
                .containsExactly(
                        DeploymentStatus.PENDING,
                        DeploymentStatus.SENT,
                        DeploymentStatus.ACCEPTED,
                        DeploymentStatus.DOWNLOADING,
                        DeploymentStatus.DOWNLOADED,
                        DeploymentStatus.INSTALLING,
                        DeploymentStatus.REBOOTING,
                        DeploymentStatus.SUCCEEDED);
    }

    @Test
    void stepsMayBeLeftOut() {
        assertThat(report(DeploymentStatus.INSTALLING)).isEqualTo(Reception.MOVED);
    }

    @Test
    void whatComesTooLateIsOnRecordAndChangesNothing() {
        report(DeploymentStatus.INSTALLING);

        assertThat(report(DeploymentStatus.DOWNLOADING)).isEqualTo(Reception.IGNORED);
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.INSTALLING);
        assertThat(deployment.viewWithHistory().history()).last().satisfies(step -> {
            assertThat(step.status()).isEqualTo(DeploymentStatus.DOWNLOADING);
            assertThat(step.applied()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "REJECTED"})
    void theEndIsTheEnd(DeploymentStatus end) {
        report(end);

        for (DeploymentStatus status : DeploymentStatus.values()) {
            assertThat(report(status)).isNotEqualTo(Reception.MOVED);
        }
        assertThat(deployment.cancel(null, NOW)).isFalse();
        assertThat(deployment.sent(NOW)).isFalse();
        assertThat(deployment.status()).isEqualTo(end);
    }

    @Test
    void aRepetitionLeavesNoTrace() {
        report(DeploymentStatus.ACCEPTED);

        assertThat(report(DeploymentStatus.ACCEPTED)).isEqualTo(Reception.CONFIRMED);
        assertThat(deployment.viewWithHistory().history()).hasSize(2);
    }

    @Test
    void progressOnlyGrows() {
        report(DeploymentStatus.DOWNLOADING, 40);
        report(DeploymentStatus.DOWNLOADING, 70);
        report(DeploymentStatus.DOWNLOADING, 50);
        report(DeploymentStatus.DOWNLOADING, null);

        assertThat(deployment.view().progress()).isEqualTo(70);
        assertThat(deployment.viewWithHistory().history()).hasSize(2);
    }

    @Test
    void aDeviceThatHasBegunCanNoLongerReject() {
        report(DeploymentStatus.DOWNLOADING);

        assertThat(report(DeploymentStatus.REJECTED)).isEqualTo(Reception.IGNORED);
    }

    @Test
    void aDeviceCannotMakeTheHistoryGrowForEver() {
        report(DeploymentStatus.REBOOTING);
        for (int i = 0; i < 1_000; i++) {
            report(i % 2 == 0 ? DeploymentStatus.DOWNLOADING : DeploymentStatus.INSTALLING);
        }

        assertThat(deployment.viewWithHistory().history()).hasSize(200);
        assertThat(report(DeploymentStatus.SUCCEEDED)).isEqualTo(Reception.MOVED);
        assertThat(deployment.viewWithHistory().history())
                .last()
                .satisfies(step -> assertThat(step.status()).isEqualTo(DeploymentStatus.SUCCEEDED));
    }

    @Test
    void aDeploymentThatIsTakenBackStaysSo() {
        report(DeploymentStatus.DOWNLOADING);

        assertThat(deployment.cancel(null, NOW)).isTrue();
        assertThat(report(DeploymentStatus.SUCCEEDED)).isEqualTo(Reception.IGNORED);
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.CANCELLED);
    }

    private Reception report(DeploymentStatus status) {
        return report(status, null);
    }

    private Reception report(DeploymentStatus status, @Nullable Integer progress) {
        return deployment.report(new StatusReport(deployment.id(), status, progress, null), NOW);
    }
}
