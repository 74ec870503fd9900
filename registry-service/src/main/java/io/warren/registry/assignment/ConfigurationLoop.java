package io.warren.registry.assignment;

import io.warren.platform.outbox.Outbox;
import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.configuration.ConfigurationChanged;
import io.warren.registry.steadiness.Release;
import io.warren.registry.timeline.FirmwareInstalled;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at devices that are due, and makes more of them due by a page of a sweep when none are left, or when as many have been looked
 * at as a page has: so sweeps go on however many become due otherwise, and never make more due than are worked off.
 */
@Component
class ConfigurationLoop extends BackgroundLoop {

    private static final int ROUNDS_FOR_A_PAGE = Sweeps.PAGE / Evaluation.BATCH;

    private final DueDevices due;
    private final EvaluationRounds rounds;
    private final SweepRounds sweeps;

    private int roundsSincePage;

    ConfigurationLoop(DueDevices due, EvaluationRounds rounds, SweepRounds sweeps) {
        this.due = due;
        this.rounds = rounds;
        this.sweeps = sweeps;
    }

    /** Runs in the transaction that writes the events. */
    @EventListener
    void told(Outbox.Appended told) {
        if (due.addIfItMatters(told.events()) > 0) {
            wakeAfterCommit();
        }
    }

    /** Runs in the transaction that notes the firmware. */
    @EventListener
    void installed(FirmwareInstalled firmware) {
        if (due.addIfFirmwareMatters(firmware.device())) {
            wakeAfterCommit();
        }
    }

    /** Runs in the transaction that changes the configuration. */
    @EventListener
    void changed(ConfigurationChanged configuration) {
        wakeAfterCommit();
    }

    /** Runs in the transaction that releases devices. */
    @EventListener
    void released(Release.Released released) {
        wakeAfterCommit();
    }

    @Override
    protected boolean workOff() {
        if (roundsSincePage < ROUNDS_FOR_A_PAGE) {
            roundsSincePage++;
            if (rounds.next()) {
                return true;
            }
        }
        roundsSincePage = 0;
        return sweeps.next() || rounds.next();
    }
}
