package io.warren.provisioning.enrollment;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.database.Integrity;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.sealing.PolicyIntake;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A tenant's enrolments: made, read, revoked. */
@Component
class Enrollments {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("enrollment-not-found", HttpStatus.NOT_FOUND, "No such enrolment");
    private static final ProblemKind EXISTS =
            new ProblemKind("enrollment-exists", HttpStatus.CONFLICT, "The enrolment exists and is different");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What the names of groups begin with where both are doors. */
    private static final String NOT_AN_ID = "group";

    private final EnrollmentRepository enrollments;
    private final Proofs proofs;
    private final PolicyIntake intake;
    private final Outbox outbox;
    private final Clock clock;

    Enrollments(EnrollmentRepository enrollments, Proofs proofs, PolicyIntake intake, Outbox outbox, Clock clock) {
        this.enrollments = enrollments;
        this.proofs = proofs;
        this.intake = intake;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes an enrolment with an id of our own; the answer has its token. */
    @Transactional
    EnrollmentView create(TenantId tenant, EnrollmentRequest request) {
        return create(new EnrollmentKey(tenant.value(), UUID.randomUUID().toString()), request);
    }

    /** Makes an enrolment with the integrator's id; the answer has its token unless the enrolment was there before. */
    @Transactional
    Outcome put(TenantId tenant, String id, EnrollmentRequest request) {
        if (!ID.matcher(id).matches() || id.equals(NOT_AN_ID)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "An enrolment's id has the form " + ID + ", and is not " + NOT_AN_ID + ".",
                    List.of(new Violation("id", ID.toString())));
        }
        EnrollmentKey key = new EnrollmentKey(tenant.value(), id);
        Optional<Enrollment> existing = enrollments.findById(key);
        if (existing.isEmpty()) {
            return new Outcome(create(key, request), true);
        }
        if (!existing.get().isAsAskedFor(request)) {
            throw new ProblemException(EXISTS, "An enrolment does not change: revoke it and make another one.");
        }
        return new Outcome(existing.get().view(now()), false);
    }

    /** An enrolment, and whether it is new. */
    record Outcome(EnrollmentView enrollment, boolean created) {}

    @Transactional(readOnly = true)
    EnrollmentView get(TenantId tenant, String id) {
        return enrollments
                .findById(new EnrollmentKey(tenant.value(), id))
                .orElseThrow(Enrollments::notFound)
                .view(now());
    }

    @Transactional(readOnly = true)
    Page<EnrollmentView> list(TenantId tenant, @Nullable Cursor cursor, int limit) {
        NewestFirst<String> behind = NewestFirst.byName(cursor);
        Instant now = now();
        List<EnrollmentView> found =
                enrollments.findBehind(tenant.value(), behind.createdAt(), behind.id(), Limit.of(limit + 1)).stream()
                        .map(enrollment -> enrollment.view(now))
                        .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    /** Takes an enrolment back; doing it again changes nothing. */
    @Transactional
    void revoke(TenantId tenant, String id) {
        Enrollment enrollment =
                enrollments.lockByKey(new EnrollmentKey(tenant.value(), id)).orElseThrow(Enrollments::notFound);
        Instant now = now();
        if (enrollment.revoke(now)) {
            enrollments.flush();
            outbox.append(EnrollmentEvent.EXCHANGE, EnrollmentEvent.REVOKED, enrollment.event(now));
        }
    }

    private EnrollmentView create(EnrollmentKey key, EnrollmentRequest request) {
        Instant now = now();
        if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The enrolment would be over before it begins.",
                    List.of(new Violation("/expiresAt", "in the future")));
        }
        Proofs.Made made = proofs.make(key, request);
        EnrollmentPolicy policy = intake.take(
                new TenantId(key.tenant()), Door.name(Door.Kind.ENROLLMENT, key.id()), request.policy(), null);
        Enrollment enrollment = new Enrollment(key, made.proof(), request.deviceId(), policy, now);
        try {
            enrollments.saveAndFlush(enrollment);
        } catch (DataIntegrityViolationException e) {
            if (!Integrity.isDuplicate(e)) {
                throw e;
            }
            throw new ProblemException(
                    EXISTS,
                    "There is one of this id, or another one for this device, key or certificate: read it, or revoke it first.");
        }
        outbox.append(EnrollmentEvent.EXCHANGE, EnrollmentEvent.CREATED, enrollment.event(now));
        return enrollment.view(now).with(made);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such enrolment.");
    }
}
