package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.firmware.release.DeployableRelease;
import io.warren.firmware.status.DeploymentStatus;
import io.warren.firmware.status.StatusReport;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The update of one device to one release. What the device says arrives late, twice or out of order; it moves the deployment
 * forward or is put on record.
 */
@Entity
class Deployment {

    /** A history longer than this says nothing more; a device cannot make it grow for ever. */
    private static final int MOST_STEPS = 200;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String tenant;

    private String deviceId;

    private String releaseId;

    @Enumerated(EnumType.STRING)
    private DeploymentMode mode;

    private @Nullable Instant deadline;

    @Enumerated(EnumType.STRING)
    private DeploymentStatus status = DeploymentStatus.PENDING;

    private @Nullable Integer progress;

    private @Nullable String detail;

    private Instant createdAt;

    private Instant updatedAt;

    private @Nullable Instant endedAt;

    /** When the broker was given what the device is to be told; null while that is still to be done. */
    @SuppressWarnings("UnusedVariable")
    private @Nullable Instant announcedAt;

    @ElementCollection
    @CollectionTable(name = "deployment_step", joinColumns = @JoinColumn(name = "deployment_id"))
    @OrderColumn(name = "position")
    private List<Step> steps = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Deployment() {}

    Deployment(DeviceAddress address, DeploymentRequest request, Instant now) {
        this.id = UUID.randomUUID();
        this.tenant = address.tenant().value();
        this.deviceId = address.device().value();
        this.releaseId = request.release();
        this.mode = request.mode();
        this.deadline = request.deadline();
        this.createdAt = now;
        this.updatedAt = now;
        steps.add(new Step(now, status, null, null, true));
    }

    /** What came of a device's report. */
    enum Reception {
        /** The deployment has another status now. */
        MOVED,
        /** The status is the same, with more progress perhaps. */
        CONFIRMED,
        /** Too late or out of order: on record, and nothing else. */
        IGNORED
    }

    /** Takes note of what the device says. */
    Reception report(StatusReport report, Instant now) {
        if (status.mayBecome(report.status())) {
            progress = report.progress();
            detail = report.detail();
            moveTo(report.status(), now);
            return Reception.MOVED;
        }
        if (status == report.status()) {
            if (!status.isFinal() && report.progress() != null && (progress == null || report.progress() > progress)) {
                progress = report.progress();
                updatedAt = now;
            }
            return Reception.CONFIRMED;
        }
        note(new Step(now, report.status(), report.progress(), report.detail(), false));
        return Reception.IGNORED;
    }

    /** Takes the deployment back; false if it has ended. */
    boolean cancel(@Nullable String reason, Instant now) {
        if (!status.mayBecome(DeploymentStatus.CANCELLED)) {
            return false;
        }
        detail = reason;
        moveTo(DeploymentStatus.CANCELLED, now);
        // even if the device has not been told of it: the job may be on its way
        announcedAt = null;
        return true;
    }

    /** The device has the job in its hands, or the broker has it for the device; true if that is news. */
    boolean sent(Instant now) {
        announcedAt = now;
        if (!status.mayBecome(DeploymentStatus.SENT)) {
            return false;
        }
        moveTo(DeploymentStatus.SENT, now);
        return true;
    }

    /** The broker has taken what the device is to be told, but has nobody to hold it for: the device will ask. */
    void announced(Instant now) {
        announcedAt = now;
    }

    /** The broker has taken the job of a deployment that had ended: that it was taken back is to be told behind it. */
    void sentTooLate() {
        if (status == DeploymentStatus.CANCELLED) {
            announcedAt = null;
        }
    }

    boolean isEnded() {
        return endedAt != null;
    }

    boolean isOf(DeviceAddress address) {
        return tenant.equals(address.tenant().value())
                && deviceId.equals(address.device().value());
    }

    UUID id() {
        return id;
    }

    DeviceAddress address() {
        return DeviceAddress.of(tenant, deviceId);
    }

    TenantId tenant() {
        return new TenantId(tenant);
    }

    String release() {
        return releaseId;
    }

    DeploymentMode mode() {
        return mode;
    }

    @Nullable
    Instant deadline() {
        return deadline;
    }

    DeploymentStatus status() {
        return status;
    }

    /**
     * The event for the state it is in; its version is right once the change has been flushed.
     *
     * @param release what it installs; may be left out before it has ended
     */
    DeploymentEvent event(@Nullable DeployableRelease release) {
        return new DeploymentEvent(
                tenant,
                id.toString(),
                version == null ? 0 : version,
                deviceId,
                releaseId,
                status.wireName(),
                detail,
                release == null ? null : release.name(),
                release == null ? null : release.version(),
                updatedAt);
    }

    DeploymentView view() {
        return new DeploymentView(
                id, deviceId, releaseId, mode, deadline, status, progress, detail, createdAt, updatedAt, endedAt, null);
    }

    DeploymentView viewWithHistory() {
        return new DeploymentView(
                id,
                deviceId,
                releaseId,
                mode,
                deadline,
                status,
                progress,
                detail,
                createdAt,
                updatedAt,
                endedAt,
                List.copyOf(steps));
    }

    private void moveTo(DeploymentStatus next, Instant now) {
        status = next;
        updatedAt = now;
        if (next.isFinal()) {
            endedAt = now;
            // there is nothing left to tell the device
            announcedAt = now;
        }
        steps.add(new Step(now, next, progress, detail, true));
    }

    private void note(Step step) {
        if (steps.size() < MOST_STEPS) {
            steps.add(step);
        }
    }
}
