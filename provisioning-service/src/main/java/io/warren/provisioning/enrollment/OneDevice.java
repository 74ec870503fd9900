package io.warren.provisioning.enrollment;

import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import java.time.Clock;
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
    private final Clock clock;

    OneDevice(EnrollmentRepository enrollments, Clock clock) {
        this.enrollments = enrollments;
        this.clock = clock;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        String id = candidate.attested().enrollment();
        if (id == null) {
            return Ruling.pass(candidate);
        }
        return enrollments
                .lockByKey(new EnrollmentKey(candidate.tenant().value(), id))
                .orElseThrow()
                .refusal(candidate.attested().device(), candidate.door(), clock.instant())
                .<Ruling>map(Ruling.Refuse::new)
                .orElseGet(() -> Ruling.pass(candidate));
    }
}
