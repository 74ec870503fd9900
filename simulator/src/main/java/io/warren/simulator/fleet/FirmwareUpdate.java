package io.warren.simulator.fleet;

import io.warren.simulator.cli.Reason;
import io.warren.simulator.enrollment.Backoff;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Carries out a deployment step by step and reports each. */
final class FirmwareUpdate {

    private static final Duration STEP = Duration.ofMillis(800);
    private static final int ATTEMPTS = 8;

    private final HttpClient http;
    private final Faults faults;
    private final RandomGenerator random;

    FirmwareUpdate(HttpClient http, Faults faults, RandomGenerator random) {
        this.http = http;
        this.faults = faults;
        this.random = random;
    }

    /** The device that is being updated. */
    interface Target {

        /** Takes a body of {@code firmware/status} on its way to the platform. */
        void report(FirmwareStatus status);

        /** Starts the new image. */
        void reboot(String version);
    }

    /** Returns when the update has succeeded or failed, or when interrupted. */
    void carryOut(FirmwareJob job, Target target) {
        Reports reports = new Reports(Objects.requireNonNull(job.deploymentId()), target);
        try {
            reports.of("accepted");
            for (FirmwareJob.Artifact artifact :
                    Objects.requireNonNullElse(job.artifacts(), List.<FirmwareJob.Artifact>of())) {
                download(artifact, reports);
            }
            reports.of("downloaded");
            Thread.sleep(STEP);
            reports.of("installing");
            Thread.sleep(STEP);
            if (Faults.strikes(faults.failedUpdate(), random)) {
                throw new IOException("The new image did not start; the old one is back");
            }
            reports.of("rebooting");
            target.reboot(Objects.requireNonNull(job.release()).version());
            reports.of("succeeded");
        } catch (IOException e) {
            reports.failed(Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void download(FirmwareJob.Artifact artifact, Reports reports) throws IOException, InterruptedException {
        Download download = new Download(http, artifact);
        Backoff backoff = new Backoff(random);
        for (int attempt = 1; !download.isComplete(); attempt++) {
            boolean cut = attempt == 1 && Faults.strikes(faults.cutDownload(), random);
            try {
                download.proceed(
                        cut ? artifact.size() / 2 : Long.MAX_VALUE,
                        received -> reports.downloading(100 * received / Math.max(1, artifact.size())));
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            if (!download.isComplete()) {
                Thread.sleep(backoff.next());
            }
        }
        if (!download.isGenuine()) {
            throw new IOException("The checksum of %s is wrong".formatted(artifact.name()));
        }
    }

    /** Words the reports; a download is reported every tenth. */
    private static final class Reports {

        private static final int PROGRESS_STEP = 10;

        private final String deploymentId;
        private final Target target;
        private long reported = -PROGRESS_STEP;

        Reports(String deploymentId, Target target) {
            this.deploymentId = deploymentId;
            this.target = target;
        }

        void of(String status) {
            target.report(new FirmwareStatus(deploymentId, status, null, null));
        }

        void failed(String detail) {
            target.report(new FirmwareStatus(deploymentId, "failed", null, detail));
        }

        void downloading(long percent) {
            if (percent >= reported + PROGRESS_STEP) {
                reported = percent;
                target.report(new FirmwareStatus(deploymentId, "downloading", percent, null));
            }
        }
    }
}
