package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.sealing.HookSecrets;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Lets exactly one device in: the one that it is for, or the first that shows its claim token. */
@Entity
class Enrollment {

    private static final JsonMapper JSON = JsonMapper.shared();

    @EmbeddedId
    private EnrollmentKey key;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private AttestationKind attestation;

    private byte @Nullable [] tokenSha256;

    private byte @Nullable [] sealedKey;

    private @Nullable String publicKey;

    private byte @Nullable [] certificateSha256;

    /** The group whose policy counts, and not its own. */
    private @Nullable String groupId;

    /** The policy, but for what has columns of its own. */
    @JdbcTypeCode(SqlTypes.JSON)
    private String policy;

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

    private Enrollment(EnrollmentKey key, Proof proof, @Nullable DeviceId device, Instant now) {
        this.key = key;
        this.attestation = proof.kind();
        this.tokenSha256 = proof.tokenSha256();
        this.sealedKey = proof.sealedKey();
        this.publicKey = proof.publicKey();
        this.certificateSha256 = proof.certificateSha256();
        this.deviceId = device == null ? null : device.value();
        this.tags = Map.of();
        this.policy = "{}";
        this.createdAt = now;
    }

    /**
     * An enrolment with a policy of its own.
     *
     * @param wanted in which the secrets of hooks are sealed
     */
    Enrollment(EnrollmentKey key, Proof proof, @Nullable DeviceId device, EnrollmentPolicy wanted, Instant now) {
        this(key, proof, device, now);
        this.deviceType = wanted.deviceType();
        this.tags = wanted.tags();
        this.expiresAt = wanted.validUntil();
        this.policy = JSON.writeValueAsString(wanted);
    }

    /** One of the claim tokens of a group. */
    static Enrollment ofGroup(
            EnrollmentKey key,
            String group,
            Proof token,
            @Nullable DeviceId device,
            @Nullable Instant expiresAt,
            Instant now) {
        Enrollment enrollment = new Enrollment(key, token, device, now);
        enrollment.groupId = group;
        enrollment.expiresAt = expiresAt;
        return enrollment;
    }

    /** Why it does not let a device in, which may be the one that it let in before; empty if it does. */
    Optional<Refusal> refusal(DeviceId device, Door door, Instant now) {
        if (revokedAt != null) {
            return Optional.of(Refusal.unproven("The enrolment was revoked.", door));
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Optional.of(Refusal.unproven("The enrolment has expired.", door));
        }
        if (deviceId != null && !deviceId.equals(device.value())) {
            return Optional.of(
                    new Refusal(Refusal.Kind.OTHER_DEVICE, "The enrolment is for another device id.", door.name()));
        }
        if (admittedDevice != null && !admittedDevice.equals(device.value())) {
            return Optional.of(new Refusal(
                    Refusal.Kind.USED,
                    attestation == AttestationKind.CLAIM_TOKEN
                            ? "The claim token was used by another device."
                            : "The enrolment has let in another device.",
                    door.name()));
        }
        return Optional.empty();
    }

    /** Lets its device in; false if it did before. */
    boolean admit(DeviceId device, Instant now) {
        if (admittedDevice != null) {
            return false;
        }
        admittedDevice = device.value();
        admittedAt = now;
        return true;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    /** Takes over what became of it in another installation; false if that is nothing new. */
    boolean catchUp(@Nullable Instant revoked, @Nullable DeviceId device, @Nullable Instant admitted) {
        boolean isNews = false;
        if (revokedAt == null && revoked != null) {
            revokedAt = revoked;
            isNews = true;
        }
        if (admittedDevice == null && device != null && admitted != null) {
            admittedDevice = device.value();
            admittedAt = admitted;
            isNews = true;
        }
        return isNews;
    }

    /** Whether it has let in another device than one that another installation has let in by it. */
    boolean hasAdmittedOther(@Nullable DeviceId device) {
        return admittedDevice != null && device != null && !admittedDevice.equals(device.value());
    }

    /** What a bundle has of it. */
    BundledEnrollments.Row row(EnrollmentRequest asked) {
        return new BundledEnrollments.Row(
                key.id(),
                groupId,
                asked,
                tokenHash(),
                createdAt,
                revokedAt,
                admittedDevice == null ? null : new DeviceId(admittedDevice),
                admittedAt);
    }

    /** The SHA-256 of its claim token, hexadecimal; absent if it has none. */
    @Nullable
    String tokenHash() {
        return tokenSha256 == null ? null : HexFormat.of().formatHex(tokenSha256);
    }

    /** How its device proves itself, with its key. */
    EnrollmentAttestation attestation(@Nullable SymmetricKey opened) {
        return new EnrollmentAttestation(
                attestation,
                opened == null ? null : opened.text(),
                publicKey,
                null,
                certificateSha256 == null ? null : HexFormat.of().formatHex(certificateSha256));
    }

    /** What it is to a device that comes through it. */
    Door door() {
        return new Door(Door.Kind.ENROLLMENT, key.id(), policy());
    }

    /** Its own policy, in which the secrets of hooks are sealed. */
    EnrollmentPolicy policy() {
        EnrollmentPolicy kept = JSON.readValue(policy, EnrollmentPolicy.class);
        return new EnrollmentPolicy(
                deviceType,
                tags,
                kept.state(),
                kept.naming(),
                kept.validFrom(),
                expiresAt,
                null,
                kept.approval(),
                kept.reprovisioning(),
                kept.replacement(),
                kept.assignment(),
                kept.hook(),
                kept.credentials());
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
        return tokenSha256 != null
                && MessageDigest.isEqual(tokenSha256, sha256)
                && key.tenant().equals(tenant);
    }

    /** Whether it was made from a request like this one. A key that was given is not compared. */
    boolean isAsAskedFor(EnrollmentRequest request) {
        String asked = request.deviceId() == null ? null : request.deviceId().value();
        return groupId == null
                && Objects.equals(deviceId, asked)
                && isProvenAs(request.attestation())
                && HookSecrets.shown(policy()).equals(HookSecrets.shown(request.policy()));
    }

    private boolean isProvenAs(EnrollmentAttestation asked) {
        return asked.kind() == attestation
                && switch (attestation) {
                    case CLAIM_TOKEN, SYMMETRIC_KEY -> true;
                    case PUBLIC_KEY -> Proofs.publicKey(asked).equals(publicKey);
                    case X509 -> Arrays.equals(Proofs.certificateSha256(asked), certificateSha256);
                };
    }

    /** The event for the state it is in; its version is right once the change has been flushed. */
    EnrollmentEvent event(Instant at) {
        return new EnrollmentEvent(
                key.tenant(), key.id(), version == null ? 0 : version, admittedDevice, deviceType, at);
    }

    EnrollmentView view(Instant now) {
        EnrollmentPolicy shown = HookSecrets.shown(policy());
        return new EnrollmentView(
                key.id(),
                attestation(null),
                status(now),
                deviceId,
                groupId,
                deviceType,
                tags,
                shown.state(),
                shown.naming(),
                shown.validFrom(),
                expiresAt,
                shown.approval(),
                shown.reprovisioning(),
                shown.replacement(),
                shown.assignment(),
                shown.hook(),
                shown.credentials(),
                createdAt,
                admittedDevice,
                admittedAt,
                revokedAt,
                null);
    }

    EnrollmentKey key() {
        return key;
    }

    /** The only device that it is for; absent if any may come. */
    @Nullable
    DeviceId device() {
        return deviceId == null ? null : new DeviceId(deviceId);
    }

    @Nullable
    String group() {
        return groupId;
    }

    byte @Nullable [] sealedKey() {
        return sealedKey;
    }

    @Nullable
    String publicKey() {
        return publicKey;
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
