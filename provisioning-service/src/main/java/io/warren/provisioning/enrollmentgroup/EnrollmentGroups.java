package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.TenantId;
import io.warren.platform.database.Integrity;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.enrollmentgroup.OpenGroups.GroupChanged;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.sealing.PolicyIntake;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How a tenant's enrolment groups come, change and go. */
@Component
class EnrollmentGroups {

    private static final int MOST = 1_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("enrollment-group-not-found", HttpStatus.NOT_FOUND, "No such enrolment group");
    private static final ProblemKind TOO_MANY = new ProblemKind(
            "too-many-enrollment-groups", HttpStatus.CONFLICT, "The tenant has all the enrolment groups it may have");
    private static final ProblemKind CHANGING = new ProblemKind(
            "enrollment-group-changing", HttpStatus.CONFLICT, "The enrolment group is being made at the same moment");

    private final EnrollmentGroupRepository groups;
    private final GroupKeys keys;
    private final PolicyIntake intake;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EnrollmentGroups(
            EnrollmentGroupRepository groups,
            GroupKeys keys,
            PolicyIntake intake,
            ApplicationEventPublisher events,
            Clock clock) {
        this.groups = groups;
        this.keys = keys;
        this.intake = intake;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A group after a change.
     *
     * @param attestation with the keys that were set by it, and no others
     * @param created whether it was made by it
     */
    record Outcome(EnrollmentGroup group, GroupAttestation attestation, boolean created) {}

    /** Makes a group, or gives one that exists the description asked for; keys and secrets that are left out stay as they are. */
    @Transactional
    Outcome put(TenantId tenant, String id, EnrollmentGroupRequest request, @Nullable String ifMatch) {
        EnrollmentGroupKey key = new EnrollmentGroupKey(tenant.value(), id);
        Optional<EnrollmentGroup> existing = groups.lockByKey(key);
        EntityTags.check(ifMatch, existing.map(EnrollmentGroup::version));
        return put(key, existing.orElse(null), request);
    }

    /** The same within a transaction of the caller's, which can go on if it is refused. */
    Outcome put(EnrollmentGroupKey key, @Nullable EnrollmentGroup existing, EnrollmentGroupRequest request) {
        if (!ID.matcher(key.id()).matches()) {
            throw invalid(new Violation("id", ID.toString()));
        }
        requireFields(request.attestation());
        events.publishEvent(new GroupChanged(key));
        return existing == null ? create(key, request) : change(key, existing, request);
    }

    @Transactional(readOnly = true)
    EnrollmentGroup get(TenantId tenant, String id) {
        return groups.findById(new EnrollmentGroupKey(tenant.value(), id)).orElseThrow(EnrollmentGroups::notFound);
    }

    /** Makes a new key in place of one. Devices that use the other notice nothing. */
    @Transactional
    Outcome rotate(TenantId tenant, String id, boolean primary, @Nullable String ifMatch) {
        EnrollmentGroup group = lock(tenant, id, ifMatch);
        if (!group.isOf(GroupAttestation.Kind.SYMMETRIC_KEY)) {
            throw invalid(new Violation("id", "a group whose devices have keys"));
        }
        SymmetricKey made = SymmetricKey.random();
        byte[] sealed = keys.close(made, new EnrollmentGroupKey(tenant.value(), id));
        group.reseal(primary ? sealed : null, primary ? null : sealed, now());
        groups.flush();
        return new Outcome(
                group,
                new GroupAttestation(
                        GroupAttestation.Kind.SYMMETRIC_KEY,
                        primary ? made.text() : null,
                        primary ? null : made.text(),
                        null),
                false);
    }

    /** Removes a group: nobody comes in through it any more; what it has granted is still to be ended. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        groups.delete(lock(tenant, id, ifMatch));
    }

    /** A group that nobody else changes until the transaction ends, for whoever changes it or what belongs to it. */
    @Transactional
    EnrollmentGroup lock(TenantId tenant, String id, @Nullable String ifMatch) {
        EnrollmentGroupKey key = new EnrollmentGroupKey(tenant.value(), id);
        EnrollmentGroup group = groups.lockByKey(key).orElseThrow(EnrollmentGroups::notFound);
        EntityTags.check(ifMatch, group.version());
        events.publishEvent(new GroupChanged(key));
        return group;
    }

    private Outcome create(EnrollmentGroupKey key, EnrollmentGroupRequest request) {
        if (groups.countByTenant(key.tenant()) >= MOST) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST + " enrolment groups.");
        }
        Instant now = now();
        GroupAttestation attestation = request.attestation();
        EnrollmentGroup group = new EnrollmentGroup(key, attestation, sealed(key, request, null), now);
        if (attestation.kind() == GroupAttestation.Kind.SYMMETRIC_KEY) {
            attestation = new GroupAttestation(
                    attestation.kind(), orRandom(attestation.primaryKey()), orRandom(attestation.secondaryKey()), null);
            setKeys(key, group, attestation, now);
        }
        try {
            groups.saveAndFlush(group);
        } catch (DataIntegrityViolationException e) {
            if (!Integrity.isDuplicate(e)) {
                throw e;
            }
            throw new ProblemException(CHANGING, "Somebody else made it at the same moment: read it again.");
        }
        return new Outcome(group, attestation, true);
    }

    private Outcome change(EnrollmentGroupKey key, EnrollmentGroup group, EnrollmentGroupRequest request) {
        GroupAttestation attestation = request.attestation();
        if (!group.isOf(attestation.kind())) {
            throw invalid(new Violation("/attestation/kind", "the same as before: make another group"));
        }
        boolean counted = group.policy().quota() != null && request.quota() != null;
        Instant now = now();
        group.describe(attestation, sealed(key, request, group.policy()), now);
        setKeys(key, group, attestation, now);
        groups.flush();
        if (!counted) {
            groups.forgetPlaces(key.tenant(), key.id());
        }
        return new Outcome(group, attestation, false);
    }

    private void setKeys(EnrollmentGroupKey key, EnrollmentGroup group, GroupAttestation attestation, Instant now) {
        if (attestation.primaryKey() != null || attestation.secondaryKey() != null) {
            group.reseal(seal(attestation.primaryKey(), key), seal(attestation.secondaryKey(), key), now);
        }
    }

    private byte @Nullable [] seal(@Nullable String text, EnrollmentGroupKey group) {
        return text == null ? null : keys.close(new SymmetricKey(text), group);
    }

    private EnrollmentPolicy sealed(
            EnrollmentGroupKey key, EnrollmentGroupRequest request, @Nullable EnrollmentPolicy kept) {
        return intake.take(new TenantId(key.tenant()), Door.name(Door.Kind.GROUP, key.id()), request.policy(), kept);
    }

    private static String orRandom(@Nullable String text) {
        return Objects.requireNonNullElseGet(text, () -> SymmetricKey.random().text());
    }

    private static void requireFields(GroupAttestation attestation) {
        if (attestation.kind() != GroupAttestation.Kind.SYMMETRIC_KEY
                && (attestation.primaryKey() != null || attestation.secondaryKey() != null)) {
            throw invalid(new Violation("/attestation", "keys go with the kind symmetric-key, and with no other"));
        }
        boolean named = attestation.certificateAuthorities() != null;
        if (attestation.kind() == GroupAttestation.Kind.X509
                ? !named
                : named && attestation.kind() != GroupAttestation.Kind.MANIFEST) {
            throw invalid(new Violation(
                    "/attestation/certificateAuthorities",
                    "needed with the kind x509, allowed with the kind manifest, and with no other"));
        }
    }

    private static ProblemException invalid(Violation violation) {
        return new ProblemException(
                ProblemKind.INVALID, "Some fields are not allowed to be as they are.", List.of(violation));
    }

    static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such enrolment group.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
