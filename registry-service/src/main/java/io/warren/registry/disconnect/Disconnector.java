package io.warren.registry.disconnect;

import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.broker.BrokerManagement;
import io.warren.registry.device.AccessChanged;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Closes the connections of devices whose access was narrowed: the broker looks at who they are only when they connect. */
@Component
class Disconnector extends BackgroundLoop {

    private static final int BATCH = 20;

    private final Disconnections disconnections;
    private final BrokerManagement broker;

    Disconnector(Disconnections disconnections, BrokerManagement broker) {
        this.disconnections = disconnections;
        this.broker = broker;
    }

    /** Runs in the transaction that narrows the access: no crash can come between the two. */
    @EventListener
    void note(AccessChanged change) {
        if (change.narrowed()) {
            disconnections.add(change.address());
            wakeAfterCommit();
        }
    }

    @Override
    protected boolean workOff() {
        List<Disconnections.Disconnection> batch = disconnections.take(BATCH);
        for (Disconnections.Disconnection disconnection : batch) {
            broker.close(disconnection.address());
            disconnections.done(disconnection);
        }
        return batch.size() == BATCH;
    }
}
