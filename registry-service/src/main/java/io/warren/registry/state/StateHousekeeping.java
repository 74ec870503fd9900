package io.warren.registry.state;

import io.warren.registry.background.Leases;
import io.warren.registry.device.DeviceLeaves;
import io.warren.registry.statechange.StateChanges;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Remembers the versions of devices that leave, and forgets changes that are too old. */
@Component
class StateHousekeeping {

    private static final int BATCH = 5_000;
    private static final Duration ROUND = Duration.ofMinutes(9);

    private final DeviceStates states;
    private final StateChanges changes;
    private final StateProperties properties;
    private final Leases leases;
    private final Clock clock;

    StateHousekeeping(
            DeviceStates states, StateChanges changes, StateProperties properties, Leases leases, Clock clock) {
        this.states = states;
        this.changes = changes;
        this.properties = properties;
        this.leases = leases;
        this.clock = clock;
    }

    /** Runs in the transaction that deletes the device. */
    @EventListener
    void leave(DeviceLeaves device) {
        states.leave(device.address());
    }

    @Scheduled(fixedDelay = 600_000, initialDelay = 60_000)
    void forget() {
        if (!leases.take("state-history", ROUND)) {
            return;
        }
        int forgotten;
        do {
            forgotten = changes.forgetBefore(clock.instant().minus(properties.history()), BATCH);
        } while (forgotten == BATCH);
    }
}
