package io.warren.provisioning.inquiry;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks what is due about one registration now, unless its address has not worked lately. */
@Component
class OutOfTurn {

    /** Longer than it takes to ask. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final OpenInquiries inquiries;
    private final InquiryTurns turns;
    private final InquiryLedger ledger;
    private final Asker asker;
    private final Clock clock;

    OutOfTurn(OpenInquiries inquiries, InquiryTurns turns, InquiryLedger ledger, Asker asker, Clock clock) {
        this.inquiries = inquiries;
        this.turns = turns;
        this.ledger = ledger;
        this.asker = asker;
        this.clock = clock;
    }

    /** Asks, which may take some seconds; says whether it is decided now. */
    boolean ask(UUID registration) {
        Optional<Inquiry> taken = inquiries.take(registration, clock.instant(), LEASE);
        if (taken.isEmpty()) {
            return false;
        }
        Inquiry inquiry = taken.get();
        if (inquiry.isLate(clock.instant())) {
            ledger.giveUp(inquiry);
            return true;
        }
        Reply reply = asker.ask(inquiry);
        ledger.settle(inquiry, reply);
        if (reply instanceof Reply.Broken) {
            turns.fail(inquiry.tenant(), inquiry.url());
        }
        return reply instanceof Reply.Settled || reply instanceof Reply.Refused;
    }
}
