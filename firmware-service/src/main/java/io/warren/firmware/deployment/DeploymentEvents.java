package io.warren.firmware.deployment;

import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.firmware.release.DeployableRelease;
import io.warren.firmware.release.Releases;
import io.warren.platform.outbox.Outbox;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the rest of the platform how deployments go. */
@Component
class DeploymentEvents {

    private final DeploymentRepository deployments;
    private final Releases releases;
    private final Outbox outbox;

    DeploymentEvents(DeploymentRepository deployments, Releases releases, Outbox outbox) {
        this.deployments = deployments;
        this.releases = releases;
        this.outbox = outbox;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void created(Deployment deployment) {
        append(DeploymentEvent.CREATED, deployment);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void moved(Deployment deployment) {
        append(deployment.isEnded() ? DeploymentEvent.ENDED : DeploymentEvent.PROGRESSED, deployment);
    }

    private void append(String type, Deployment deployment) {
        // gives the deployment the version that the event tells
        deployments.flush();
        DeployableRelease release =
                deployment.isEnded() ? releases.get(deployment.tenant(), deployment.release()) : null;
        outbox.append(DeploymentEvent.EXCHANGE, type, deployment.event(release));
    }
}
