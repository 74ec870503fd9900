package io.warren.registry.presence;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.contracts.registry.FlappingEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.contracts.registry.SilenceEvent;
import io.warren.platform.outbox.Outbox;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the devices for which something has changed only because time went by. */
@Service
class PresenceWatch {

    private final Presences presences;
    private final SilenceAllowances allowances;
    private final Outbox outbox;
    private final PresenceProperties properties;
    private final Clock clock;

    PresenceWatch(
            Presences presences,
            SilenceAllowances allowances,
            Outbox outbox,
            PresenceProperties properties,
            Clock clock) {
        this.presences = presences;
        this.allowances = allowances;
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

    /** Notes which devices have not been heard of for longer than their types allow; answers how many. */
    @Transactional
    int fallSilent(int limit) {
        List<SilenceEvent> silent = presences.fallSilent(limit);
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                silent.stream()
                        .map(event -> new Outbox.Event(SilenceEvent.SILENT, event))
                        .toList());
        return silent.size();
    }

    /** Some device types that allow their devices another time away than was reckoned with so far. */
    @Transactional(readOnly = true)
    List<SilenceAllowances.Allowance> changedAllowances() {
        return allowances.changed();
    }

    /**
     * Reckons anew when devices of a type fall silent. Of whom it was told already that it is, that stays told.
     *
     * @param behind the device behind which to begin
     * @return the device behind which to go on; empty if this was the last part, and that is noted
     */
    @Transactional
    Optional<String> reckon(SilenceAllowances.Allowance allowance, String behind, int limit) {
        List<String> devices = allowances.reckon(allowance, behind, limit);
        if (devices.size() < limit) {
            allowances.applied(allowance);
            return Optional.empty();
        }
        return devices.stream().max(Comparator.naturalOrder());
    }

    /** Does so for devices whose description has changed, for it may have given them another type. */
    @EventListener
    void described(Outbox.Appended told) {
        List<DeviceEvent> updated = told.events().stream()
                .filter(event -> event.type().equals(DeviceEvent.UPDATED))
                .map(event -> (DeviceEvent) event.payload())
                .toList();
        if (!updated.isEmpty()) {
            allowances.reckon(updated);
        }
    }
}
