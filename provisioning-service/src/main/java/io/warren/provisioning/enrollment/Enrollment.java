package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.policy.EnrollmentPolicy;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Lets exactly one device in, the first that shows its claim token. */
@Entity
class Enrollment {

    @EmbeddedId
    private EnrollmentKey key;

    @Version
    private @Nullable Long version;

    private byte[] tokenSha256;

    private @Nullable String deviceId;

    private @Nullable String deviceType;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> tags;

    private @Nullable Instant expiresAt;

    private Instant createdAt;

    private @Nullable Instant revokedAt;

    private @Nullable String admittedDevice;

    private @Nullable Instant admittedAt;

    @SuppressWarnings("NullAway.Init")
    protected Enrollment() {}

    Enrollment(EnrollmentKey key, ClaimToken token, EnrollmentRequest request, Instant now) {
        this.key = key;
        this.tokenSha256 = token.sha256();
        this.deviceId = request.deviceId() == null ? null : request.deviceId().value();
        this.deviceType = request.deviceType();
        this.tags = request.tags();
        this.expiresAt = request.expiresAt();
        this.createdAt = now;
    }

    /** Lets a device in, which may be the one that it let in before; or says why not. */
    Optional<Refusal> admit(DeviceId device, Instant now) {
        if (revokedAt != null) {
            return Optional.of(Refusal.unproven("The enrolment was revoked.", door()));
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Optional.of(Refusal.unproven("The enrolment has expired.", door()));
        }
        if (deviceId != null && !deviceId.equals(device.value())) {
            return Optional.of(refusal(Refusal.Kind.OTHER_DEVICE, "The enrolment is for another device id."));
        }
        if (admittedDevice != null && !admittedDevice.equals(device.value())) {
            return Optional.of(refusal(Refusal.Kind.USED, "The claim token was used by another device."));
        }
        if (admittedDevice == null) {
            admittedDevice = device.value();
            admittedAt = now;
        }
        return Optional.empty();
    }

    private Refusal refusal(Refusal.Kind kind, String reason) {
        return new Refusal(kind, reason, door().name());
    }

    /** Whether it has let its device in. */
    boolean hasAdmitted() {
        return admittedDevice != null;
    }

    /** What it is to a device that comes through it. */
    Door door() {
        return new Door(
                Door.Kind.ENROLLMENT,
                key.id(),
                new EnrollmentPolicy(
                        deviceType, tags, null, null, null, expiresAt, null, null, null, null, null, null, null));
    }

    /** Lets nobody in any more, the device that it admitted included; false if that was so already. */
    boolean revoke(Instant now) {
        if (revokedAt != null) {
            return false;
        }
        revokedAt = now;
        return true;
    }

    /** Whether its token has this hash, compared in a time that tells nothing, and it belongs to this tenant. */
    boolean isOf(String tenant, byte[] sha256) {
        return MessageDigest.isEqual(tokenSha256, sha256) && key.tenant().equals(tenant);
    }

    /** Whether it was made from a request like this one. */
    boolean isAsAskedFor(EnrollmentRequest request) {
        String asked = request.deviceId() == null ? null : request.deviceId().value();
        return Objects.equals(deviceId, asked)
                && Objects.equals(deviceType, request.deviceType())
                && tags.equals(request.tags())
                && Objects.equals(expiresAt, request.expiresAt());
    }

    /** The event for the state it is in; its version is right once the change has been flushed. */
    EnrollmentEvent event(Instant at) {
        return new EnrollmentEvent(
                key.tenant(), key.id(), version == null ? 0 : version, admittedDevice, deviceType, at);
    }

    EnrollmentView view(Instant now) {
        return new EnrollmentView(
                key.id(),
                EnrollmentRequest.Attestation.CLAIM_TOKEN,
                status(now),
                deviceId,
                deviceType,
                tags,
                expiresAt,
                createdAt,
                admittedDevice,
                admittedAt,
                revokedAt,
                null);
    }

    private EnrollmentView.Status status(Instant now) {
        if (revokedAt != null) {
            return EnrollmentView.Status.REVOKED;
        }
        if (admittedDevice != null) {
            return EnrollmentView.Status.CLAIMED;
        }
        return expiresAt != null && !now.isBefore(expiresAt)
                ? EnrollmentView.Status.EXPIRED
                : EnrollmentView.Status.OPEN;
    }
}
