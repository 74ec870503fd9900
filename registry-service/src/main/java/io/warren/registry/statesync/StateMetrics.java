package io.warren.registry.statesync;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.warren.registry.downlink.DeviceMessages.Fate;
import io.warren.registry.state.StateReporting.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How far devices and their state are apart. */
@Component
class StateMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer reportLag;
    private final Timer tellingLag;

    StateMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        reportLag = Timer.builder("warren.state.reports.lag")
                .description("From the arrival of a batch's first message at the broker until the batch is taken in")
                .register(registry);
        tellingLag = Timer.builder("warren.state.desired.lag")
                .description("From when a device was to be told what is desired until a queue of it has the message")
                .register(registry);
    }

    void reported(Kind kind) {
        Counter.builder("warren.state.reports")
                .description("What devices said about their state, by what became of it")
                .tag("outcome", name(kind))
                .register(registry)
                .increment();
    }

    /** A batch is taken in, whose first message arrived then. */
    void takenIn(long arrivedMillis) {
        reportLag.record(Duration.ofMillis(Math.max(0, clock.millis() - arrivedMillis)));
    }

    /** A device was to be told then; this is what became of the message. */
    void told(Fate fate, Instant due) {
        Counter.builder("warren.state.desired")
                .description("Messages that tell devices what is desired, by what became of them")
                .tag("outcome", name(fate))
                .register(registry)
                .increment();
        if (fate == Fate.TAKEN) {
            Duration lag = Duration.between(due, clock.instant());
            tellingLag.record(lag.isNegative() ? Duration.ZERO : lag);
        }
    }

    private static String name(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
