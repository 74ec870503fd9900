package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets devices in by their claim tokens. */
@Component
public class Admissions {

    private final EnrollmentRepository enrollments;
    private final Outbox outbox;
    private final Clock clock;

    Admissions(EnrollmentRepository enrollments, Outbox outbox, Clock clock) {
        this.enrollments = enrollments;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Decides on a device, in the transaction of whoever records the attempt. The enrolment stays locked until its end: of two
     * devices that show one token at the same moment, one is let in and the other finds the token used.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Admission admit(DeviceAddress address, String claimToken) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] hash = new ClaimToken(claimToken).sha256();
        Enrollment enrollment = enrollments
                .lockByTokenSha256(hash)
                .filter(found -> found.isOf(address.tenant().value(), hash))
                .orElse(null);
        if (enrollment == null) {
            return new Admission.Refused(Admission.Reason.UNKNOWN, null);
        }
        Admission admission = enrollment.admit(address.device(), now);
        if (admission instanceof Admission.Admitted admitted && admitted.first()) {
            enrollments.flush();
            outbox.append(EnrollmentEvent.EXCHANGE, EnrollmentEvent.CLAIMED, enrollment.event(now));
        }
        return admission;
    }
}
