package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.firmware.status.DeploymentStatus;
import io.warren.firmware.status.StatusReport;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes note of what devices say about their deployments. */
@Component
class StatusReports {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("deployment-not-found", HttpStatus.NOT_FOUND, "No such deployment");

    private final DeploymentRepository deployments;
    private final DeploymentEvents events;
    private final Clock clock;

    StatusReports(DeploymentRepository deployments, DeploymentEvents events, Clock clock) {
        this.deployments = deployments;
        this.events = events;
        this.clock = clock;
    }

    /** Takes note of a report; false if the device works at something that was taken back. */
    @Transactional
    boolean take(DeviceAddress address, StatusReport report) {
        Deployment deployment = deployments
                .lockById(report.deployment())
                .filter(found -> found.isOf(address))
                .orElseThrow(() -> new ProblemException(NOT_FOUND, "This device has no such deployment."));
        Deployment.Reception reception =
                deployment.report(report, clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (reception == Deployment.Reception.MOVED) {
            events.moved(deployment);
        }
        return deployment.status() != DeploymentStatus.CANCELLED
                || report.status().isFinal();
    }
}
