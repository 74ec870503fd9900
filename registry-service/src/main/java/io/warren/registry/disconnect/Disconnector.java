package io.warren.registry.disconnect;

import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.broker.BrokerManagement;
import io.warren.registry.device.AccessChanged;
import io.warren.registry.presence.Connections;
import io.warren.registry.signin.TokenEnded;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Closes the connections of devices whose access was narrowed: the broker looks at who they are only when they connect. */
@Component
class Disconnector extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(Disconnector.class);
    private static final int BATCH = 20;

    private final Disconnections disconnections;
    private final Connections connections;
    private final BrokerManagement broker;

    Disconnector(Disconnections disconnections, Connections connections, BrokerManagement broker) {
        this.disconnections = disconnections;
        this.connections = connections;
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

    /** Nobody could come back with what has ended, so once is enough: a device that returns with another token is left alone. */
    @EventListener
    void note(TokenEnded token) {
        disconnections.addOnce(token.address());
        wakeAfterCommit();
    }

    @Override
    protected boolean workOff() {
        List<Disconnections.Disconnection> batch = disconnections.take(BATCH);
        connections.closing(
                batch.stream().map(Disconnections.Disconnection::address).toList());
        for (Disconnections.Disconnection disconnection : batch) {
            close(disconnection);
        }
        return batch.size() == BATCH;
    }

    /** What fails is due again when its lease is over, and holds up no other. */
    private void close(Disconnections.Disconnection disconnection) {
        try {
            broker.close(disconnection.address());
        } catch (RestClientException e) {
            log.warn("Connections of {} are closed later: {}", disconnection.address(), e.toString());
            return;
        }
        disconnections.done(disconnection);
    }
}
