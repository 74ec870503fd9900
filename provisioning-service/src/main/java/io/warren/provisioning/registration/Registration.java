package io.warren.provisioning.registration;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.policy.EnrollmentPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A device's way in through a door, with all its repetitions, and what became of it. Beside it there can be a second one of the same
 * device and door, of attempts that were turned away without touching the first.
 */
@Entity
class Registration {

    private static final String DENIED = "It was denied.";

    @Id
    private UUID id;

    @Version
    private long version;

    private String tenant;

    /** What the device is called here. */
    private String deviceId;

    /** What the device calls itself. Absent in rows from before there was a difference, which are not continued. */
    private @Nullable String registrationId;

    @Column(name = "enrollment_id")
    private @Nullable String door;

    /** False for attempts that were turned away beside it. */
    @SuppressWarnings("UnusedVariable") // queries ask for it
    private boolean live;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> identifiers;

    /** The identifiers of the board that another one is to replace. */
    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable Map<String, String> replaced;

    /** What tells its board from others of its name behind this door. */
    private @Nullable String board;

    /** The same of the board that another one is to replace. */
    private @Nullable String replacedBoard;

    private @Nullable String hardwareVersion;

    private @Nullable String firmwareVersion;

    private @Nullable String address;

    @Enumerated(EnumType.STRING)
    @Column(name = "outcome")
    private RegistrationStatus status;

    private @Nullable String reason;

    private int attempts;

    private int generation;

    @Enumerated(EnumType.STRING)
    private Mode mode;

    /** Whether it was let in, and so has its place in its group. */
    private boolean admitted;

    private @Nullable Instant registeredAt;

    private @Nullable Instant approvedAt;

    private @Nullable Instant deniedAt;

    private @Nullable String platform;

    private @Nullable String platformUrl;

    private Instant createdAt;

    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected Registration() {}

    /** The device says about itself what is true now. */
    void describe(RegisterRequest request) {
        identifiers = request.identifiers();
        hardwareVersion = request.hardwareVersion();
        firmwareVersion = request.firmwareVersion();
    }

    /**
     * What it means that a device that has proven itself asks again. Nothing changes by it.
     *
     * @param window how long after the first answer a repetition means that the answer was lost
     */
    Repetition repetition(RegisterRequest request, Attested attested, Instant now, Duration window) {
        if (isFirst()) {
            return new Repetition.Same(false);
        }
        if (deniedAt != null) {
            return new Repetition.Refused(Refusal.unwanted(reason == null ? DENIED : reason, attested.door()));
        }
        EnrollmentPolicy policy = attested.door().policy();
        if (contradicts(request.identifiers()) || isOfAnother(attested)) {
            if (!admitted) {
                return new Repetition.Anew(Mode.ENROL); // whoever agreed to it agreed to another board
            }
            return switch (policy.replacement()) {
                case REFUSE ->
                    new Repetition.Refused(Refusal.unwanted("Another board has this name.", attested.door()));
                case APPROVAL -> new Repetition.Anew(Mode.REPLACE);
            };
        }
        if (status != RegistrationStatus.REGISTERED
                || registeredAt == null
                || now.isBefore(registeredAt.plus(window))) {
            return new Repetition.Same(approvedAt != null);
        }
        return switch (policy.reprovisioning()) {
            case KEEP -> new Repetition.Anew(Mode.ENROL);
            case RESET -> new Repetition.Anew(Mode.RESET);
            case REFUSE ->
                new Repetition.Refused(
                        Refusal.unwanted("The device is registered, and may not be again.", attested.door()));
        };
    }

    /** What the steps of its admission are to know. */
    Candidate candidate(Attested attested, Repetition repetition, boolean wantsCertificate, Grant grant) {
        Mode asked = repetition instanceof Repetition.Anew(Mode how) ? how : mode;
        return new Candidate(
                id,
                repetition instanceof Repetition.Anew ? generation + 1 : generation,
                new TenantId(tenant),
                attested,
                wantsCertificate,
                // a new row says of itself what is most likely to become of it, to save a second statement
                admitted && !isFirst(),
                repetition instanceof Repetition.Same(boolean approved) && approved,
                asked == Mode.REPLACE,
                platform == null || platformUrl == null ? null : new Platform(platform, platformUrl),
                grant);
    }

    /** The attempt is not turned away: from now on the registration is about what it asks for. */
    void accept(RegisterRequest request, Attested attested, Repetition repetition) {
        if (isFirst()) {
            return;
        }
        if (repetition instanceof Repetition.Anew(Mode how)) {
            beginAgain(how);
        } else if (repetition instanceof Repetition.Same(boolean approved) && !approved) {
            approvedAt = null;
        }
        describe(request);
        board = attested.board();
    }

    /** The device is let in; the registry has still to agree, unless it has before. */
    void admit(Grant grant) {
        deviceId = grant.device().value();
        admitted = true;
        platform = null;
        platformUrl = null;
        if (status != RegistrationStatus.REGISTERED) {
            status = RegistrationStatus.PENDING;
            reason = null;
        }
    }

    /** The device has to wait. */
    void await(Ruling.Reason forWhat) {
        admitted = admitted && !isFirst();
        status = RegistrationStatus.of(forWhat);
        reason = null;
    }

    /** The device belongs to another installation. */
    void send(Platform to) {
        admitted = false;
        status = RegistrationStatus.ASSIGNED;
        platform = to.name();
        platformUrl = to.url();
        reason = null;
    }

    /** The device is turned away, which it was not before. */
    void refuse(String why) {
        admitted = admitted && !isFirst();
        status = RegistrationStatus.REFUSED;
        reason = why;
    }

    /** The tenant's own system agrees; the device comes for its answer. */
    void resume(Instant now) {
        status = RegistrationStatus.PENDING;
        updatedAt = now;
    }

    /** The tenant's own system does not want the device, which is not there now. */
    void refuse(String why, Instant now) {
        refuse(why);
        updatedAt = now;
    }

    /** A person agrees. */
    boolean approve(Instant now) {
        boolean denied = deniedAt != null;
        if (status != RegistrationStatus.PENDING_APPROVAL && !denied) {
            return false;
        }
        approvedAt = now;
        deniedAt = null;
        status = RegistrationStatus.PENDING;
        reason = null;
        updatedAt = now;
        return true;
    }

    /** A person does not agree. */
    boolean deny(@Nullable String why, Instant now) {
        if (status != RegistrationStatus.PENDING_APPROVAL) {
            return false;
        }
        reason = why == null ? DENIED : why;
        updatedAt = now;
        if (replaced != null) {
            // the board that was there goes on
            identifiers = replaced;
            board = replacedBoard;
            forgetReplaced();
            mode = Mode.ENROL;
            status = RegistrationStatus.REGISTERED;
        } else {
            deniedAt = now;
            status = RegistrationStatus.REFUSED;
        }
        return true;
    }

    /**
     * The registry has answered.
     *
     * @param replacement whether another board may take over a device of that name, once a person has agreed
     */
    void answered(RegistrationReply reply, EnrollmentPolicy.Replacement replacement, Instant now) {
        switch (reply.outcome()) {
            case REGISTERED, ALREADY_REGISTERED -> {
                if (status != RegistrationStatus.REGISTERED) {
                    status = RegistrationStatus.REGISTERED;
                    registeredAt = now;
                    mode = Mode.ENROL;
                    forgetReplaced();
                    reason = null;
                    updatedAt = now;
                }
            }
            case CONFLICT -> {
                if (replacement == EnrollmentPolicy.Replacement.APPROVAL && mode != Mode.REPLACE) {
                    beginAgain(Mode.REPLACE);
                    status = RegistrationStatus.PENDING_APPROVAL;
                } else {
                    status = RegistrationStatus.REFUSED;
                }
                reason = reply.reason();
                updatedAt = now;
            }
            case REFUSED -> {
                status = RegistrationStatus.REFUSED;
                reason = reply.reason();
                updatedAt = now;
            }
        }
        if (status == RegistrationStatus.REFUSED && registeredAt == null) {
            admitted = false;
        }
    }

    private void beginAgain(Mode how) {
        if (how == Mode.REPLACE && registeredAt != null && replaced == null) {
            replaced = identifiers;
            replacedBoard = board;
        }
        generation++;
        mode = how;
        status = RegistrationStatus.PENDING;
        approvedAt = null;
    }

    private void forgetReplaced() {
        replaced = null;
        replacedBoard = null;
    }

    /** Whether what it shows is another board's. */
    private boolean isOfAnother(Attested attested) {
        return board != null && !board.equals(attested.board());
    }

    /** Whether something that both name is not the same. */
    private boolean contradicts(Map<String, String> others) {
        return identifiers.entrySet().stream()
                .anyMatch(own ->
                        !others.getOrDefault(own.getKey(), own.getValue()).equals(own.getValue()));
    }

    /** Whether the device has got somewhere once, which attempts that are turned away do not hide. */
    boolean isSettled() {
        return registeredAt != null || status == RegistrationStatus.ASSIGNED;
    }

    /** Whether the device asks for the first time. */
    boolean isFirst() {
        return attempts == 1;
    }

    /** Whether it is of this tenant. */
    boolean isOf(TenantId owner) {
        return tenant.equals(owner.value());
    }

    /** Whether it has its place: it was let in, and the registry has not refused it from the first. */
    boolean hasPlace() {
        return admitted;
    }

    /** Whether it is about that provisioning, and no later one. */
    boolean isAt(int asked) {
        return generation == asked;
    }

    UUID id() {
        return id;
    }

    TenantId tenant() {
        return new TenantId(tenant);
    }

    RegistrationStatus status() {
        return status;
    }

    int generation() {
        return generation;
    }

    Mode mode() {
        return mode;
    }

    /** The event for the state it is in; its version is right once the change has been flushed. */
    RegistrationEvent event(Instant at) {
        return new RegistrationEvent(
                tenant,
                id,
                version,
                registrationId == null ? deviceId : registrationId,
                deviceId,
                RegistrationView.group(door),
                RegistrationView.enrollment(door),
                reason,
                at);
    }

    RegistrationView view() {
        return new RegistrationView(
                id,
                registrationId == null ? deviceId : registrationId,
                deviceId,
                RegistrationView.enrollment(door),
                RegistrationView.group(door),
                identifiers,
                hardwareVersion,
                firmwareVersion,
                address,
                status,
                reason,
                platform,
                attempts,
                createdAt,
                updatedAt,
                registeredAt,
                approvedAt);
    }
}
