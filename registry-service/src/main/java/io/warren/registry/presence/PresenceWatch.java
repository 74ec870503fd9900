package io.warren.registry.presence;

import io.warren.contracts.registry.FlappingEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the devices for which something has changed only because time went by. */
@Service
class PresenceWatch {

    private final Presences presences;
    private final Outbox outbox;
    private final PresenceProperties properties;
    private final Clock clock;

    PresenceWatch(Presences presences, Outbox outbox, PresenceProperties properties, Clock clock) {
        this.presences = presences;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
    }

    /** Notes which devices connect again and again no longer; answers how many. */
    @Transactional
    int endFlapping(int limit) {
        List<FlappingEvent> steady = presences.endFlapping(clock.instant().minus(properties.flappingWithin()), limit);
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                steady.stream()
                        .map(event -> new Outbox.Event(FlappingEvent.STEADY, event))
                        .toList());
        return steady.size();
    }
}
