package io.warren.registry.assignment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.database.DatabaseAway;
import io.warren.platform.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has devices looked at that are due: many at a time, and where that fails, each by itself, so that one which cannot be looked at
 * stops no other. That one is passed over for a while.
 */
@Component
class EvaluationRounds {

    private static final Logger log = LoggerFactory.getLogger(EvaluationRounds.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int MOST_AGAIN = 1_000;

    private final Evaluation evaluation;
    private final DueDevices due;
    private final PassedOver passedOver;
    private final Clock clock;
    private final Counter failures;

    EvaluationRounds(Evaluation evaluation, DueDevices due, PassedOver passedOver, Clock clock, MeterRegistry meters) {
        this.evaluation = evaluation;
        this.due = due;
        this.passedOver = passedOver;
        this.clock = clock;
        this.failures = Counter.builder("warren.configurations.failures")
                .description(
                        "Devices whose configurations could not be looked at, and that are passed over for a while")
                .register(meters);
    }

    /** Looks at the next devices; answers whether there were any. */
    boolean next() {
        try {
            return evaluation.next();
        } catch (RuntimeException e) {
            if (passesByItself(e)) {
                throw e;
            }
            log.warn("Devices are looked at one by one: {}", e.toString());
            due.waiting(Evaluation.BATCH).forEach(this::next);
            return true;
        }
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
    void tryAgain() {
        passedOver.lookAgainAtThoseBefore(clock.instant().minus(PAUSE), MOST_AGAIN);
    }

    private void next(DeviceAddress device) {
        try {
            evaluation.next(device);
        } catch (RuntimeException e) {
            if (passesByItself(e)) {
                throw e;
            }
            log.warn("The configurations of {} cannot be looked at", device, e);
            failures.increment();
            passedOver.add(device, reason(e), clock.instant());
        }
    }

    private static boolean passesByItself(RuntimeException failure) {
        return failure instanceof TransientDataAccessException || DatabaseAway.isCauseOf(failure);
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof ProblemException
                ? String.valueOf(failure.getMessage())
                : "Something went wrong; the service's log says what.";
    }
}
