package io.warren.registry.assignment;

import io.warren.platform.outbox.Outbox;
import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.configuration.ConfigurationChanged;
import io.warren.registry.steadiness.Release;
import io.warren.registry.timeline.FirmwareInstalled;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks at devices that are due, and makes more of them due only when none are left: so there are never many. */
@Component
class ConfigurationLoop extends BackgroundLoop {

    private final DueDevices due;
    private final EvaluationRounds rounds;
    private final Sweeps sweeps;

    ConfigurationLoop(DueDevices due, EvaluationRounds rounds, Sweeps sweeps) {
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
        return rounds.next() || sweeps.next();
    }
}
