package io.warren.provisioning.registration;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
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
import java.util.Objects;
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
    private static final String NOT_TAKEN = "The registry does not take it.";

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

    /** The board that a person did not want to take this one's place. */
    @JdbcTypeCode(SqlTypes.JSON)
    private Board.@Nullable Denied denied;

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

    /** A device says about itself what is true now. */
    void describe(RegisterRequest request) {
        identifiers = request.identifiers();
        hardwareVersion = request.hardwareVersion();
        firmwareVersion = request.firmwareVersion();
    }

    /** A device says more about itself, or something new. */
    private void complete(RegisterRequest request) {
        identifiers = board().identifiersWith(request.identifiers());
        hardwareVersion = orBefore(request.hardwareVersion(), hardwareVersion);
        firmwareVersion = orBefore(request.firmwareVersion(), firmwareVersion);
    }

    /** If it is the board that another one is to replace that comes, and nobody has agreed to that yet, it goes on as before. */
    void heed(Board asking) {
        if (replaced != null && approvedAt == null && !new Board(replaced, replacedBoard).isNot(asking)) {
            putBack(replaced);
        }
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
        if (board().isNot(Board.of(request, attested))) {
            return repetitionByAnother(Board.of(request, attested), attested.door());
        }
        boolean late = registeredAt != null && !now.isBefore(registeredAt.plus(window));
        EnrollmentPolicy.Reprovisioning wanted = attested.door().policy().reprovisioning();
        if (late && wanted == EnrollmentPolicy.Reprovisioning.REFUSE && isNothingButInside()) {
            return new Repetition.Refused(
                    Refusal.unwanted("The device is registered, and may not be again.", attested.door()));
        }
        if (late && status == RegistrationStatus.REGISTERED) {
            return new Repetition.Anew(wanted == EnrollmentPolicy.Reprovisioning.RESET ? Mode.RESET : Mode.ENROL);
        }
        return isWhatWasShown(request) ? new Repetition.Same(approvedAt != null) : new Repetition.Anew(mode);
    }

    private Repetition repetitionByAnother(Board asking, Door through) {
        if (denied != null && denied.is(asking)) {
            return new Repetition.Other(Refusal.unwanted(denied.reason(), through));
        }
        if (isAgreedTo()) {
            return new Repetition.Other(Refusal.unwanted("A person has agreed to another board.", through));
        }
        if (!admitted && registeredAt == null) {
            return new Repetition.Anew(Mode.ENROL); // nobody has agreed to this one
        }
        return switch (through.policy().replacement()) {
            case REFUSE -> new Repetition.Other(Refusal.unwanted("Another board has this name.", through));
            case APPROVAL -> new Repetition.Anew(Mode.REPLACE);
        };
    }

    /** Whether a person has agreed to what has not come about yet. */
    private boolean isAgreedTo() {
        return approvedAt != null
                && (registeredAt == null || registeredAt.isBefore(approvedAt))
                && status != RegistrationStatus.ASSIGNED;
    }

    /** Whether a device that has been registered is to become nothing else, whatever the registry has said to it since. */
    private boolean isNothingButInside() {
        return mode == Mode.ENROL && !isAgreedTo() && status != RegistrationStatus.ASSIGNED;
    }

    /** Whether nothing has become another by which a person, or the tenant's own system, is to decide on it. */
    private boolean isWhatWasShown(RegisterRequest request) {
        boolean decided = (admitted && mode != Mode.REPLACE) || status == RegistrationStatus.ASSIGNED;
        return decided
                || (board().identifiersWith(request.identifiers()).equals(identifiers)
                        && Objects.equals(orBefore(request.hardwareVersion(), hardwareVersion), hardwareVersion));
    }

    /** What the steps of its admission are to know. */
    Candidate candidate(RegisterRequest request, Attested attested, Repetition repetition) {
        Mode asked = repetition instanceof Repetition.Anew(Mode how) ? how : mode;
        // a new row says of itself what is most likely to become of it, to save a second statement
        boolean inside = admitted && !isFirst();
        boolean approved = repetition instanceof Repetition.Same(boolean agreed) && agreed;
        boolean named = inside || approved || registeredAt != null;
        EnrollmentPolicy policy = attested.door().policy();
        return new Candidate(
                id,
                repetition instanceof Repetition.Anew ? generation + 1 : generation,
                new TenantId(tenant),
                isFirst() || board().isNot(Board.of(request, attested))
                        ? attested
                        : attested.knownBy(
                                board().identifiersWith(request.identifiers()), hardwareVersion, firmwareVersion),
                request.csr() != null,
                inside,
                named,
                approved,
                asked == Mode.REPLACE,
                platform == null || platformUrl == null ? null : new Platform(platform, platformUrl),
                new Grant(
                        named ? new DeviceId(deviceId) : attested.device(),
                        policy.deviceType(),
                        policy.tags(),
                        policy.state()));
    }

    /** The attempt is not turned away: from now on the registration is about what it asks for. */
    void accept(RegisterRequest request, Attested attested, Repetition repetition) {
        if (isFirst()) {
            return;
        }
        boolean another = board().isNot(Board.of(request, attested));
        if (repetition instanceof Repetition.Anew(Mode how)) {
            if (another && how == Mode.REPLACE && replaced == null) {
                replaced = identifiers;
                replacedBoard = board;
            }
            beginAgain(how);
        }
        if (another) {
            describe(request);
        } else {
            complete(request);
        }
        board = attested.board();
    }

    /** The device is let in; the registry has still to agree, unless it has before. */
    void admit(Grant grant) {
        deviceId = grant.device().value();
        admitted = true;
        platform = null;
        platformUrl = null;
        if (status != RegistrationStatus.REGISTERED) {
            // why the registry refused it is kept: should it do so again, that is no news
            status = RegistrationStatus.PENDING;
        }
    }

    /** The device has to wait; what it would be called is what is agreed to. */
    void await(Ruling.Reason forWhat, Grant grant) {
        String named = grant.device().value();
        if (status == RegistrationStatus.PENDING_APPROVAL && !named.equals(deviceId)) {
            generation++; // whoever looks at it has seen another name
        }
        deviceId = named;
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

    /** The device is turned away. */
    void refuse(String why) {
        leaveUnlessRegistered();
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
        if (replaced == null) {
            refuse(why);
        } else {
            keepReplaced(replaced, why);
        }
        updatedAt = now;
    }

    /** A person agrees: to the device, or to a board that was denied asking again. */
    boolean approve(Instant now) {
        if (status == RegistrationStatus.PENDING_APPROVAL || deniedAt != null) {
            approvedAt = now;
            deniedAt = null;
            status = RegistrationStatus.PENDING;
        } else if (denied != null) {
            denied = null;
        } else {
            return false;
        }
        reason = null;
        updatedAt = now;
        return true;
    }

    /** A person does not agree, or no longer. */
    boolean deny(@Nullable String why, Instant now) {
        if (status != RegistrationStatus.PENDING_APPROVAL && !isAgreedTo()) {
            return false;
        }
        String told = why == null ? DENIED : why;
        if (replaced == null) {
            deniedAt = now;
            approvedAt = null;
            generation++; // nor is what is under way agreed to any longer
            refuse(told);
        } else {
            keepReplaced(replaced, told);
        }
        updatedAt = now;
        return true;
    }

    /**
     * The registry has answered.
     *
     * @param replacement whether another board may take over a device of that name, once a person has agreed
     * @return whether that is news
     */
    boolean answered(RegistrationReply reply, EnrollmentPolicy.Replacement replacement, Instant now) {
        return switch (reply.outcome()) {
            case REGISTERED, ALREADY_REGISTERED -> registered(now);
            case CONFLICT -> {
                if (replacement == EnrollmentPolicy.Replacement.APPROVAL && mode != Mode.REPLACE) {
                    beginAgain(Mode.REPLACE);
                    status = RegistrationStatus.PENDING_APPROVAL;
                    reason = reply.reason();
                    updatedAt = now;
                    yield true;
                }
                yield refused(reply, now);
            }
            case REFUSED -> refused(reply, now);
        };
    }

    private boolean registered(Instant now) {
        if (status == RegistrationStatus.REGISTERED) {
            return false;
        }
        status = RegistrationStatus.REGISTERED;
        registeredAt = now;
        mode = Mode.ENROL;
        forgetReplaced();
        reason = null;
        updatedAt = now;
        return true;
    }

    private boolean refused(RegistrationReply reply, Instant now) {
        String why = reply.reason() == null ? NOT_TAKEN : reply.reason();
        boolean news = !why.equals(reason);
        refuse(why);
        updatedAt = now;
        return news;
    }

    private void leaveUnlessRegistered() {
        if (admitted && registeredAt == null) {
            admitted = false;
            generation++; // an answer under way is to somebody who had a place
        }
    }

    /** The board that was there goes on, and the one that was to take its place stays out. */
    private void keepReplaced(Map<String, String> before, String why) {
        denied = new Board.Denied(identifiers, board, why);
        putBack(before);
        reason = why;
    }

    private void putBack(Map<String, String> before) {
        identifiers = before;
        board = replacedBoard;
        forgetReplaced();
        generation++; // what was decided on the other one, or is still, is not about it
        mode = Mode.ENROL;
        approvedAt = null;
        reason = null;
        status = registeredAt == null ? RegistrationStatus.PENDING : RegistrationStatus.REGISTERED;
    }

    private void beginAgain(Mode how) {
        generation++;
        mode = how;
        status = RegistrationStatus.PENDING;
        approvedAt = null;
    }

    private void forgetReplaced() {
        replaced = null;
        replacedBoard = null;
    }

    private Board board() {
        return new Board(identifiers, board);
    }

    private static @Nullable String orBefore(@Nullable String said, @Nullable String before) {
        return said == null ? before : said;
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

    /** Whether it has its place: it was let in, and was not refused before it was registered. */
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

    String door() {
        return Objects.requireNonNull(door, "What was let in came through a door");
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
                Door.groupOf(door),
                Door.enrollmentOf(door),
                reason,
                at);
    }

    RegistrationView view() {
        return new RegistrationView(
                id,
                registrationId == null ? deviceId : registrationId,
                deviceId,
                Door.enrollmentOf(door),
                Door.groupOf(door),
                identifiers,
                hardwareVersion,
                firmwareVersion,
                address,
                status,
                status == RegistrationStatus.PENDING ? null : reason,
                mode == Mode.REPLACE && status.isWaiting() ? deviceId : null,
                platform,
                attempts,
                generation,
                createdAt,
                updatedAt,
                registeredAt,
                approvedAt);
    }
}
