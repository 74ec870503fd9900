package io.warren.provisioning.inquiry;

import io.warren.provisioning.registration.RegistrationLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what became of asking, with the registration that it is about. */
@Service
class InquiryLedger {

    private final OpenInquiries inquiries;
    private final RegistrationLedger registrations;
    private final Clock clock;

    InquiryLedger(OpenInquiries inquiries, RegistrationLedger registrations, Clock clock) {
        this.inquiries = inquiries;
        this.registrations = registrations;
        this.clock = clock;
    }

    /**
     * Notes what became of it. The registration is locked first, as by whoever decides on it; an answer to what is asked no longer, or
     * is asked elsewhere by now, changes nothing.
     */
    @Transactional
    void settle(Inquiry inquiry, Reply reply) {
        Instant now = clock.instant();
        switch (reply) {
            case Reply.Settled settled -> {
                registrations.hold(inquiry.registration());
                if (inquiries.settle(inquiry, settled.answer(), now)) {
                    registrations.resume(inquiry.registration(), inquiry.generation());
                }
            }
            case Reply.Refused refused -> refuse(inquiry, refused.reason(), now);
            case Reply.Later later -> postpone(inquiry, later.pause(), now);
            case Reply.Busy busy -> postpone(inquiry, busy.pause(), now);
            case Reply.Broken broken ->
                inquiries.fail(
                        inquiry,
                        broken.reason(),
                        inTime(inquiry, now.plus(Pace.afterFailures(inquiry.failures() + 1))));
        }
    }

    /** Notes that it is too late. */
    @Transactional
    void giveUp(Inquiry inquiry) {
        String last = inquiry.reason() == null ? "" : " Last, " + inquiry.reason() + ".";
        refuse(inquiry, "The hook that decides on it did not, in time." + last, clock.instant());
    }

    private void refuse(Inquiry inquiry, String reason, Instant now) {
        registrations.hold(inquiry.registration());
        if (inquiries.refuse(inquiry, reason, now)) {
            registrations.refuse(inquiry.registration(), inquiry.generation(), reason);
        }
    }

    private void postpone(Inquiry inquiry, Duration pause, Instant now) {
        inquiries.postpone(inquiry, inTime(inquiry, now.plus(Pace.jittered(pause))));
    }

    private static Instant inTime(Inquiry inquiry, Instant next) {
        return next.isAfter(inquiry.deadline()) ? inquiry.deadline() : next;
    }
}
