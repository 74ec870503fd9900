package io.warren.provisioning.admission;

import io.warren.provisioning.policy.EnrollmentPolicy;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Where an enrolment wants it, and where a board takes another's place, a person has to agree. */
@Component
@Order(AdmissionStep.APPROVAL)
class Approval implements AdmissionStep {

    @Override
    public Ruling rule(Candidate candidate) {
        boolean asked = candidate.policy().approval() == EnrollmentPolicy.Approval.MANUAL && !candidate.admitted();
        return (asked || candidate.replacing()) && !candidate.approved()
                ? new Ruling.Wait(Ruling.Reason.APPROVAL)
                : Ruling.pass(candidate);
    }
}
