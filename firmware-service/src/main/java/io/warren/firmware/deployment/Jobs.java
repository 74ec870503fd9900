package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.firmware.download.DownloadAddresses;
import io.warren.firmware.release.DeployableRelease;
import io.warren.firmware.release.Releases;
import io.warren.firmware.status.DeploymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What devices are to be told, and whether they have been. */
@Component
class Jobs {

    private static final int SWEPT_AT_ONCE = 500;

    private final DeploymentRepository deployments;
    private final Releases releases;
    private final DownloadAddresses addresses;
    private final DeploymentEvents events;
    private final Clock clock;

    Jobs(
            DeploymentRepository deployments,
            Releases releases,
            DownloadAddresses addresses,
            DeploymentEvents events,
            Clock clock) {
        this.deployments = deployments;
        this.releases = releases;
        this.addresses = addresses;
        this.events = events;
        this.clock = clock;
    }

    /** A job and the device that it is for. */
    record Assignment(DeviceAddress address, Job job) {}

    /** What a deployment has to tell its device, if anything. */
    @Transactional(readOnly = true)
    Optional<Assignment> assignment(UUID deployment) {
        return deployments
                .findById(deployment)
                .filter(found -> !found.isEnded() || found.status() == DeploymentStatus.CANCELLED)
                .map(found -> new Assignment(found.address(), job(found)));
    }

    /** What a device that asks is to do now, if anything. It has been told then. */
    @Transactional
    Optional<Job> due(DeviceAddress address) {
        Optional<Deployment> active = deployments.lockActive(
                address.tenant().value(), address.device().value());
        active.filter(deployment -> deployment.sent(now())).ifPresent(events::moved);
        return active.map(this::job);
    }

    /**
     * The broker has confirmed a job.
     *
     * @param held whether a queue took it: the device is there, or will find it when it comes back
     */
    @Transactional
    void announced(UUID id, Job.Action action, boolean held) {
        deployments.lockById(id).ifPresent(deployment -> {
            if (action == Job.Action.INSTALL && deployment.isEnded()) {
                deployment.sentTooLate();
                return;
            }
            if (action == Job.Action.CANCEL || !held) {
                deployment.announced(now());
            } else if (deployment.sent(now())) {
                events.moved(deployment);
            }
        });
    }

    /** The deployments whose device nobody has told for longer than this. */
    @Transactional(readOnly = true)
    List<UUID> overdue(Duration patience) {
        return deployments.findUnannounced(now().minus(patience), Limit.of(SWEPT_AT_ONCE));
    }

    private Job job(Deployment deployment) {
        if (deployment.isEnded()) {
            return Job.cancel(deployment.id());
        }
        DeployableRelease release = releases.get(deployment.tenant(), deployment.release());
        return new Job(
                deployment.id(),
                Job.Action.INSTALL,
                new Job.Release(release.name(), release.version()),
                release.artifacts().stream()
                        .map(artifact -> new Job.Artifact(
                                artifact.name(),
                                addresses.of(deployment.tenant(), deployment.id(), artifact),
                                artifact.size(),
                                artifact.sha256()))
                        .toList(),
                deployment.mode(),
                deployment.deadline());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
