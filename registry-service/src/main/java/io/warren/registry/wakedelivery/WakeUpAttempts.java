package io.warren.registry.wakedelivery;

import io.warren.contracts.device.WakeUpText;
import io.warren.registry.messagegateway.Handover;
import io.warren.registry.messagegateway.WakeUpMessage;
import io.warren.registry.wakeup.WakeUpProperties;
import io.warren.registry.wakeup.WakeUpState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which messages there are to be, and what follows from what became of them. */
@Component
class WakeUpAttempts {

    /** Longer than it takes to hand over a message. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** How often in a row a gateway may refuse a device's message. */
    private static final int MOST_REFUSALS = 3;

    private final DueWakeUps wakeUps;
    private final WakeUpLedger ledger;
    private final WakeUpTexts texts;
    private final WakeUpProperties properties;
    private final Clock clock;

    WakeUpAttempts(
            DueWakeUps wakeUps, WakeUpLedger ledger, WakeUpTexts texts, WakeUpProperties properties, Clock clock) {
        this.wakeUps = wakeUps;
        this.ledger = ledger;
        this.texts = texts;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Takes what is due for a channel.
     *
     * @param limit how many at the most
     * @return those for which there is to be a message; absent if nothing is due any more
     */
    @Nullable
    List<Attempt> take(ChannelTurns.Turn turn, int limit) {
        Instant now = clock.instant();
        List<DueWakeUp> due = wakeUps.take(turn.tenant(), turn.channel(), now, LEASE, limit);
        if (due.isEmpty()) {
            return null;
        }
        List<Attempt> attempts = new ArrayList<>();
        for (DueWakeUp each : due) {
            message(each, now).ifPresent(message -> attempts.add(new Attempt(each, message)));
        }
        return attempts;
    }

    /** Has messages sent later, for a reason that has nothing to do with them. */
    void postpone(List<Attempt> attempts, Instant until) {
        attempts.forEach(attempt -> wakeUps.postpone(attempt.due(), until));
    }

    /** Notes what became of a message. */
    void settle(Attempt attempt, Handover handover) {
        DueWakeUp due = attempt.due();
        switch (handover) {
            case Handover.Taken _ -> ledger.sent(due, Pace.afterMessages(due.sent() + 1));
            case Handover.Busy busy -> wakeUps.postpone(due, clock.instant().plus(busy.pause()));
            case Handover.Broken broken -> ledger.failed(due, broken.reason(), Pace.afterFailures(due.failures() + 1));
            case Handover.Refused refused -> {
                if (due.failures() + 1 >= MOST_REFUSALS) {
                    ledger.givenUp(due, refused.reason());
                } else {
                    ledger.failed(due, refused.reason(), Pace.afterFailures(due.failures() + 1));
                }
            }
        }
    }

    private Optional<WakeUpMessage> message(DueWakeUp due, Instant now) {
        Instant earliest = Pace.earliest(due.lastDay(), properties.pause(), properties.perDay());
        if (due.connected()) {
            wakeUps.end(due, WakeUpState.AWAKE, null, now);
        } else if (!due.wanted() || due.typesChannel() == null) {
            wakeUps.end(due, WakeUpState.UNNEEDED, null, now);
        } else if (!due.channel().equals(due.typesChannel())) {
            wakeUps.move(due, due.typesChannel(), now);
        } else if (due.createdAt().plus(properties.patience()).isBefore(now)) {
            ledger.givenUp(due, "the device has not come");
        } else if (due.address() == null) {
            ledger.givenUp(due, "the device has no number where its type says");
        } else if (earliest.isAfter(now)) {
            wakeUps.postpone(due, earliest);
        } else {
            return signed(due, due.address());
        }
        return Optional.empty();
    }

    private Optional<WakeUpMessage> signed(DueWakeUp due, String address) {
        Optional<WakeUpText> text = texts.of(due.device(), due.signedAt(), due.nonce());
        if (text.isEmpty()) {
            ledger.givenUp(due, "the device has no secret that can sign");
        }
        return text.map(
                signed -> new WakeUpMessage(due.device(), address, signed.text(), signed.nonce(), signed.time()));
    }

    /**
     * A message to be handed over.
     *
     * @param due the wake-up that it is for
     * @param message the message
     */
    record Attempt(DueWakeUp due, WakeUpMessage message) {}
}
