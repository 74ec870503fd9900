package io.warren.provisioning.enrollment;

import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * An enrolment lets in one device. It stays locked until the attempt is recorded: of two devices that come through it at the same
 * moment, one is let in and the other finds it used.
 */
@Component
@Order(AdmissionStep.ONE_DEVICE)
class OneDevice implements AdmissionStep {

    private final EnrollmentRepository enrollments;
    private final Outbox outbox;
    private final Clock clock;

    OneDevice(EnrollmentRepository enrollments, Outbox outbox, Clock clock) {
        this.enrollments = enrollments;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        String id = candidate.attested().enrollment();
        if (id == null) {
            return Ruling.pass(candidate);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Enrollment enrollment = enrollments
                .lockByKey(new EnrollmentKey(candidate.tenant().value(), id))
                .orElseThrow();
        boolean first = !enrollment.hasAdmitted();
        Optional<Refusal> refusal = enrollment.admit(candidate.attested().device(), candidate.door(), now);
        if (refusal.isPresent()) {
            return new Ruling.Refuse(refusal.get());
        }
        if (first) {
            enrollments.flush();
            outbox.append(EnrollmentEvent.EXCHANGE, EnrollmentEvent.CLAIMED, enrollment.event(now));
        }
        return Ruling.pass(candidate);
    }
}
