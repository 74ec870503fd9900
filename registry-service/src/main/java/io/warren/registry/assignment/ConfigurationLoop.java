package io.warren.registry.assignment;

import io.warren.platform.outbox.Outbox;
import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.configuration.ConfigurationChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks at devices that are due, and makes more of them due only when none are left: so there are never many. */
@Component
class ConfigurationLoop extends BackgroundLoop {

    private final DueDevices due;
    private final Evaluation evaluation;
    private final Sweeps sweeps;

    ConfigurationLoop(DueDevices due, Evaluation evaluation, Sweeps sweeps) {
        this.due = due;
        this.evaluation = evaluation;
        this.sweeps = sweeps;
    }

    /** Runs in the transaction that writes the events. */
    @EventListener
    void told(Outbox.Appended told) {
        if (due.addIfItMatters(told.events()) > 0) {
            wakeAfterCommit();
        }
    }

    /** Runs in the transaction that changes the configuration. */
    @EventListener
    void changed(ConfigurationChanged configuration) {
        wakeAfterCommit();
    }

    @Override
    protected boolean workOff() {
        return evaluation.next() || sweeps.next();
    }
}
