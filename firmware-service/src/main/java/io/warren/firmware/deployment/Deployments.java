package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.firmware.directory.DeviceDeleted;
import io.warren.firmware.download.DownloadGate;
import io.warren.firmware.release.Releases;
import io.warren.firmware.status.DeploymentStatus;
import io.warren.platform.database.Integrity;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The deployments of a tenant's devices: ordered, read, taken back. */
@Component
class Deployments implements DownloadGate {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("deployment-not-found", HttpStatus.NOT_FOUND, "No such deployment");
    private static final ProblemKind ACTIVE =
            new ProblemKind("deployment-active", HttpStatus.CONFLICT, "The device is being updated already");
    private static final ProblemKind ENDED =
            new ProblemKind("deployment-ended", HttpStatus.CONFLICT, "The deployment has ended");

    private final DeploymentRepository deployments;
    private final Releases releases;
    private final DeploymentEvents events;
    private final Clock clock;

    Deployments(DeploymentRepository deployments, Releases releases, DeploymentEvents events, Clock clock) {
        this.deployments = deployments;
        this.releases = releases;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    DeploymentView create(DeviceAddress address, DeploymentRequest request) {
        Instant now = now();
        if (request.deadline() != null && !request.deadline().isAfter(now)) {
            throw refused("/deadline", "in the future");
        }
        if (releases.findReleased(address.tenant(), request.release()).isEmpty()) {
            throw refused("/release", "a release of this tenant that is released and not retired");
        }
        Deployment deployment = new Deployment(address, request, now);
        try {
            deployments.saveAndFlush(deployment);
        } catch (DataIntegrityViolationException e) {
            if (!Integrity.isDuplicate(e)) {
                throw e;
            }
            throw new ProblemException(ACTIVE, "Wait for the deployment that is under way, or cancel it.");
        }
        events.created(deployment);
        return deployment.view();
    }

    @Transactional(readOnly = true)
    DeploymentView get(DeviceAddress address, UUID id) {
        return deployments
                .findById(id)
                .filter(deployment -> deployment.isOf(address))
                .orElseThrow(Deployments::notFound)
                .viewWithHistory();
    }

    @Transactional(readOnly = true)
    Page<DeploymentView> list(DeviceAddress address, @Nullable Cursor cursor, int limit) {
        NewestFirst<UUID> behind = NewestFirst.byId(cursor);
        List<DeploymentView> found = deployments
                .findBehind(
                        address.tenant().value(),
                        address.device().value(),
                        behind.createdAt(),
                        behind.id(),
                        Limit.of(limit + 1))
                .stream()
                .map(Deployment::view)
                .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    @Transactional
    DeploymentView cancel(DeviceAddress address, UUID id) {
        Deployment deployment =
                deployments.lockById(id).filter(found -> found.isOf(address)).orElseThrow(Deployments::notFound);
        if (deployment.cancel(null, now())) {
            events.moved(deployment);
        } else if (deployment.status() != DeploymentStatus.CANCELLED) {
            throw new ProblemException(
                    ENDED, "The deployment has " + deployment.status().wireName() + ".");
        }
        return deployment.view();
    }

    /** A device of the same name that comes later is another one, and must not find this one's update. */
    @EventListener
    @Transactional
    public void deviceDeleted(DeviceDeleted device) {
        deployments.lockActive(device.tenant(), device.device()).ifPresent(deployment -> {
            deployment.cancel("The device was deleted.", now());
            events.moved(deployment);
        });
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isOpen(TenantId tenant, UUID deployment) {
        return deployments.isActive(tenant.value(), deployment);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException refused(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The deployment cannot be as it is asked for.",
                List.of(new Violation(pointer, detail)));
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This device has no such deployment.");
    }
}
