package io.warren.provisioning.enrollment;

import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** An enrolment is used up by the device that every other step has let pass: who is turned away, or waits, uses up nothing. */
@Component
@Order(AdmissionStep.USE)
class EnrollmentUse implements AdmissionStep {

    private final EnrollmentRepository enrollments;
    private final Outbox outbox;
    private final Clock clock;

    EnrollmentUse(EnrollmentRepository enrollments, Outbox outbox, Clock clock) {
        this.enrollments = enrollments;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        String id = candidate.attested().enrollment();
        if (id != null) {
            Enrollment enrollment = enrollments
                    .findById(new EnrollmentKey(candidate.tenant().value(), id)) // locked since it was looked at
                    .orElseThrow();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            if (enrollment.admit(candidate.attested().device(), now)) {
                enrollments.flush();
                outbox.append(EnrollmentEvent.EXCHANGE, EnrollmentEvent.CLAIMED, enrollment.event(now));
            }
        }
        return Ruling.pass(candidate);
    }
}
