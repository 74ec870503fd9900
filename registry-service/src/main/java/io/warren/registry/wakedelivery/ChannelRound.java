package io.warren.registry.wakedelivery;

import io.warren.registry.messagegateway.Handover;
import io.warren.registry.messagegateway.MessageGateway;
import io.warren.registry.wakechannel.ChannelGateways;
import io.warren.registry.wakedelivery.WakeUpAttempts.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/** What is done in a channel's turn: messages are handed over at its pace, until there are none, it fails, or time is up. */
@Component
class ChannelRound {

    /** How long a round goes on; the last messages may take as long again. */
    private static final Duration LENGTH = Duration.ofSeconds(20);

    private static final int MOST_AT_ONCE = 10;
    private static final Duration WITHOUT_GATEWAY = Duration.ofMinutes(1);

    private final ChannelGateways gateways;
    private final WakeUpAttempts attempts;
    private final TenantAllowance allowance;
    private final WakeUpMetrics metrics;
    private final Clock clock;

    ChannelRound(
            ChannelGateways gateways,
            WakeUpAttempts attempts,
            TenantAllowance allowance,
            WakeUpMetrics metrics,
            Clock clock) {
        this.gateways = gateways;
        this.attempts = attempts;
        this.allowance = allowance;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Goes through a turn; answers how it ended. */
    Rest go(ChannelTurns.Turn turn) throws InterruptedException {
        MessageGateway gateway = gateways.of(turn.tenant(), turn.channel()).orElse(null);
        if (gateway == null) {
            return new Rest(clock.instant().plus(WITHOUT_GATEWAY), turn.failures());
        }
        int failures = turn.failures();
        boolean proven = false;
        Instant end = clock.instant().plus(LENGTH);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            while (clock.instant().isBefore(end)) {
                long begin = System.nanoTime();
                // one message first: who does not work any more should not fail many at once
                int most = proven ? Math.min(MOST_AT_ONCE, gateway.messagesPerSecond()) : 1;
                List<Attempt> batch = attempts.take(turn, most);
                if (batch == null) {
                    return new Rest(clock.instant(), failures);
                }
                Instant now = clock.instant();
                int allowed = batch.isEmpty() ? 0 : allowance.take(turn.tenant(), batch.size(), now);
                List<Handover> handovers = handOver(gateway, batch.subList(0, allowed), senders);
                failures = failures(failures, handovers);
                proven = proven || !handovers.isEmpty();
                if (allowed < batch.size()) {
                    Instant nextMinute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
                    attempts.postpone(batch.subList(allowed, batch.size()), nextMinute);
                    return new Rest(nextMinute, failures);
                }
                Duration pause = pause(failures, handovers);
                if (pause.isPositive()) {
                    return new Rest(clock.instant().plus(pause), failures);
                }
                Duration paced = Duration.ofSeconds(1).multipliedBy(allowed).dividedBy(gateway.messagesPerSecond());
                Thread.sleep(paced.minusNanos(System.nanoTime() - begin));
            }
        }
        return new Rest(clock.instant(), failures);
    }

    private List<Handover> handOver(MessageGateway gateway, List<Attempt> batch, ExecutorService senders)
            throws InterruptedException {
        List<Callable<Handover>> sendings = batch.stream()
                .<Callable<Handover>>map(attempt -> () -> {
                    Handover handover = gateway.send(attempt.message());
                    attempts.settle(attempt, handover);
                    metrics.count(gateway.kind(), handover);
                    return handover;
                })
                .toList();
        List<Handover> handovers = new ArrayList<>();
        for (Future<Handover> sending : senders.invokeAll(sendings)) {
            try {
                handovers.add(sending.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("A message was not handed over", e.getCause());
            }
        }
        return handovers;
    }

    private static int failures(int before, List<Handover> handovers) {
        if (handovers.stream().anyMatch(Handover.Broken.class::isInstance)) {
            return before + 1;
        }
        return handovers.isEmpty() ? before : 0;
    }

    private static Duration pause(int failures, List<Handover> handovers) {
        Duration pause = Duration.ZERO;
        for (Handover handover : handovers) {
            Duration asked = switch (handover) {
                case Handover.Busy busy -> busy.pause();
                case Handover.Broken _ -> Pace.rest(failures);
                case Handover.Taken _, Handover.Refused _ -> Duration.ZERO;
            };
            pause = asked.compareTo(pause) > 0 ? asked : pause;
        }
        return pause;
    }

    /**
     * How a turn ended.
     *
     * @param until when the next may begin
     * @param failures how often in a row the channel has not worked
     */
    record Rest(Instant until, int failures) {}
}
