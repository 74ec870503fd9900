package io.warren.provisioning.admission;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** An enrolment may want its devices to have certificates, or to have none. */
@Component
@Order(AdmissionStep.CREDENTIALS)
class CredentialChoice implements AdmissionStep {

    @Override
    public Ruling rule(Candidate candidate) {
        return switch (candidate.policy().credentials()) {
            case ANY -> Ruling.pass(candidate);
            case SECRET ->
                candidate.wantsCertificate()
                        ? Ruling.refuse(candidate, "The enrolment gives devices no certificates.")
                        : Ruling.pass(candidate);
            case CERTIFICATE ->
                candidate.wantsCertificate()
                        ? Ruling.pass(candidate)
                        : Ruling.refuse(candidate, "The enrolment gives devices certificates only: send a csr.");
        };
    }
}
