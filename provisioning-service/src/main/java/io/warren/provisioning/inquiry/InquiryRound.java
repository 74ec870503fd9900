package io.warren.provisioning.inquiry;

import io.warren.provisioning.inquiry.InquiryTurns.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/** What is done in a turn: questions are asked until there are none, there is no answer, or time is up. */
@Component
class InquiryRound {

    /** How long a round goes on; its last questions may take as long again. */
    private static final Duration LENGTH = Duration.ofSeconds(10);

    /** Longer than it takes to ask. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final int MOST_AT_ONCE = 10;

    private final OpenInquiries inquiries;
    private final InquiryLedger ledger;
    private final Asker asker;
    private final Clock clock;

    InquiryRound(OpenInquiries inquiries, InquiryLedger ledger, Asker asker, Clock clock) {
        this.inquiries = inquiries;
        this.ledger = ledger;
        this.asker = asker;
        this.clock = clock;
    }

    /** Goes through a turn; answers how it ended. */
    Rest go(Turn turn) throws InterruptedException {
        int failures = turn.failures();
        boolean proven = failures == 0;
        Instant end = clock.instant().plus(LENGTH);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (clock.instant().isBefore(end)) {
                // one question first, if there was no answer last time: many that fail at once would all have to wait
                List<Inquiry> batch =
                        inquiries.take(turn.tenant(), turn.url(), clock.instant(), LEASE, proven ? MOST_AT_ONCE : 1);
                if (batch.isEmpty()) {
                    return new Rest(clock.instant(), failures);
                }
                List<Reply> replies = ask(batch, askers);
                if (replies.stream().anyMatch(Reply.Broken.class::isInstance)) {
                    failures++;
                    return new Rest(clock.instant().plus(Pace.jittered(Pace.rest(failures))), failures);
                }
                if (!replies.isEmpty()) {
                    failures = 0;
                    proven = true;
                }
                Duration pause = pause(replies);
                if (pause.isPositive()) {
                    return new Rest(clock.instant().plus(pause), failures);
                }
            }
        }
        return new Rest(clock.instant(), failures);
    }

    /** Asks those for which it is not too late. */
    private List<Reply> ask(List<Inquiry> batch, ExecutorService askers) throws InterruptedException {
        Instant now = clock.instant();
        List<Callable<Reply>> questions = new ArrayList<>();
        for (Inquiry inquiry : batch) {
            if (inquiry.isLate(now)) {
                ledger.giveUp(inquiry);
            } else {
                questions.add(() -> {
                    Reply reply = asker.ask(inquiry);
                    ledger.settle(inquiry, reply);
                    return reply;
                });
            }
        }
        List<Reply> replies = new ArrayList<>();
        for (Future<Reply> question : askers.invokeAll(questions)) {
            try {
                replies.add(question.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("Nobody was asked", e.getCause());
            }
        }
        return replies;
    }

    private static Duration pause(List<Reply> replies) {
        Duration pause = Duration.ZERO;
        for (Reply reply : replies) {
            if (reply instanceof Reply.Busy busy && busy.pause().compareTo(pause) > 0) {
                pause = busy.pause();
            }
        }
        return pause;
    }

    /**
     * How a turn ended.
     *
     * @param until when the next may begin
     * @param failures how often in a row there was no answer
     */
    record Rest(Instant until, int failures) {}
}
