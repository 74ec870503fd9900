package io.warren.registry.wakedelivery;

import io.warren.contracts.registry.RegistryEvents;
import io.warren.contracts.registry.WakeUpEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.wakeup.WakeUpState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what became of wake-ups, and tells of it. */
@Service
class WakeUpLedger {

    private final DueWakeUps wakeUps;
    private final Outbox outbox;
    private final Clock clock;

    WakeUpLedger(DueWakeUps wakeUps, Outbox outbox, Clock clock) {
        this.wakeUps = wakeUps;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The channel has taken the message; {@code wait} is how long the device has to come. */
    @Transactional
    void sent(DueWakeUp due, Duration wait) {
        Instant now = clock.instant();
        wakeUps.sent(due, now, now.plus(wait));
        tell(WakeUpEvent.SENT, due, null, now);
    }

    /** The channel has not taken the message; {@code wait} is how long not to try again. */
    @Transactional
    void failed(DueWakeUp due, String reason, Duration wait) {
        Instant now = clock.instant();
        wakeUps.failed(due, reason, now.plus(wait));
        tell(WakeUpEvent.FAILED, due, reason, now);
    }

    /** The device cannot be woken. */
    @Transactional
    void givenUp(DueWakeUp due, String reason) {
        Instant now = clock.instant();
        if (wakeUps.end(due, WakeUpState.FAILED, reason, now)) {
            tell(WakeUpEvent.FAILED, due, reason, now);
        }
    }

    private void tell(String type, DueWakeUp due, @Nullable String detail, Instant at) {
        outbox.append(
                RegistryEvents.EXCHANGE,
                type,
                new WakeUpEvent(
                        due.device().tenant().value(),
                        due.device().device().value(),
                        due.id().toString(),
                        due.channel(),
                        due.reason().wireName(),
                        due.sent() + 1,
                        detail,
                        at));
    }
}
