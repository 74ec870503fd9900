package io.warren.registry.wakedelivery;

import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.wakedelivery.ChannelTurns.Turn;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives channels for which something is due their turn, each on a thread of its own: none waits for another. */
@Component
class WakeUpSender extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(WakeUpSender.class);

    /** Longer than any turn takes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Each is a thread that waits most of the time. */
    private static final int MOST_TURNS = 100;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_TURNS);
    private final ChannelTurns turns;
    private final ChannelRound round;
    private final Clock clock;

    WakeUpSender(ChannelTurns turns, ChannelRound round, Clock clock) {
        this.turns = turns;
        this.round = round;
        this.clock = clock;
    }

    @Override
    protected boolean workOff() {
        int limit = free.availablePermits();
        if (limit == 0) {
            return false;
        }
        List<Turn> taken = turns.take(clock.instant(), LEASE, limit);
        for (Turn turn : taken) {
            free.acquireUninterruptibly(); // at once: nobody else takes any
            threads.execute(() -> go(turn));
        }
        return false;
    }

    private void go(Turn turn) {
        try {
            ChannelRound.Rest rest = round.go(turn);
            turns.end(turn, rest.until(), rest.failures());
        } catch (InterruptedException e) {
            log.debug("Stopped");
        } catch (RuntimeException e) {
            log.warn("The turn of wake-up channel {} of {} is over: {}", turn.channel(), turn.tenant(), e.toString());
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
