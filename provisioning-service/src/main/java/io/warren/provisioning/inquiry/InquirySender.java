package io.warren.provisioning.inquiry;

import io.warren.provisioning.inquiry.InquiryTurns.Turn;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives addresses at which something is due their turn, each on a thread of its own: none waits for another. */
@Component
class InquirySender {

    private static final Logger log = LoggerFactory.getLogger(InquirySender.class);

    /** Longer than any turn takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** Each is a thread that waits most of the time. */
    private static final int MOST_TURNS = 200;

    /** How many of them are given to one tenant at a time. */
    private static final int OF_TENANT = 3;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_TURNS);
    private final InquiryTurns turns;
    private final InquiryRound round;
    private final Clock clock;

    InquirySender(InquiryTurns turns, InquiryRound round, Clock clock) {
        this.turns = turns;
        this.round = round;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void giveTurns() {
        int limit = free.availablePermits();
        if (limit == 0) {
            return;
        }
        for (Turn turn : turns.take(clock.instant(), LEASE, limit, OF_TENANT)) {
            free.acquireUninterruptibly(); // at once: nobody else takes any
            threads.execute(() -> go(turn));
        }
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
    void prune() {
        turns.prune(clock.instant().minus(Duration.ofDays(1)));
    }

    private void go(Turn turn) {
        try {
            InquiryRound.Rest rest = round.go(turn);
            turns.end(turn, rest.until(), rest.failures());
        } catch (InterruptedException e) {
            log.debug("Stopped");
        } catch (RuntimeException e) {
            log.warn("The turn of a hook of {} is over: {}", turn.tenant(), e.toString());
        } finally {
            free.release();
        }
    }

    @PreDestroy
    void stopTurns() {
        threads.shutdownNow();
        threads.close();
    }
}
