package io.warren.registry.state;

import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.statechange.Side;
import io.warren.registry.statechange.StateChange;
import io.warren.registry.statechange.StateChanges;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps changes of devices' states, and tells of them. Part of the transaction that makes them. */
@Component
class StateLog {

    private final StateChanges changes;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;

    StateLog(StateChanges changes, Outbox outbox, ApplicationEventPublisher events) {
        this.changes = changes;
        this.outbox = outbox;
        this.events = events;
    }

    void add(List<StateChange> made) {
        changes.add(made);
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                made.stream()
                        .map(change -> new Outbox.Event(change.side().eventType(), change.event()))
                        .toList());
        made.stream()
                .filter(change -> change.side() == Side.DESIRED)
                .forEach(change -> events.publishEvent(new DesiredChanged(change.address())));
    }
}
