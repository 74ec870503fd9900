package io.warren.provisioning.admission;

import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.policy.EnrollmentPolicy;
import java.time.Clock;
import java.time.Instant;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** An enrolment lets devices in from a time on, and until another. */
@Component
@Order(AdmissionStep.VALIDITY)
class Validity implements AdmissionStep {

    private final Clock clock;

    Validity(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        EnrollmentPolicy policy = candidate.policy();
        Instant now = clock.instant();
        if (policy.validFrom() != null && now.isBefore(policy.validFrom())) {
            return new Ruling.Refuse(Refusal.unproven("The enrolment is not valid yet.", candidate.door()));
        }
        if (policy.validUntil() != null && !now.isBefore(policy.validUntil())) {
            return new Ruling.Refuse(Refusal.unproven("The enrolment has expired.", candidate.door()));
        }
        return Ruling.pass(candidate);
    }
}
