package io.warren.firmware.deployment;

import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.platform.outbox.Outbox;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the rest of the platform how deployments go. */
@Component
class DeploymentEvents {

    private final DeploymentRepository deployments;
    private final Outbox outbox;

    DeploymentEvents(DeploymentRepository deployments, Outbox outbox) {
        this.deployments = deployments;
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
        outbox.append(DeploymentEvent.EXCHANGE, type, deployment.event());
    }
}
