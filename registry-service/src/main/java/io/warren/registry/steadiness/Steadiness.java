package io.warren.registry.steadiness;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.ConfigurationFightEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.configuration.Configuration;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps devices from going back and forth. A device may report what makes a target true, and by what the configuration then has it
 * be like, what makes it false: after some turns it keeps what it has.
 */
@Component
public class Steadiness {

    private final TurnsOnRecord onRecord;
    private final Outbox outbox;
    private final SteadinessProperties properties;
    private final Clock clock;
    private final Counter fights;

    Steadiness(
            TurnsOnRecord onRecord, Outbox outbox, SteadinessProperties properties, Clock clock, MeterRegistry meters) {
        this.onRecord = onRecord;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
        this.fights = Counter.builder("warren.configurations.fights")
                .description("Devices whose configurations came and went too often and that keep those that they have")
                .register(meters);
    }

    /**
     * Takes account of configurations that come and go.
     *
     * @return of each device that is held, the configurations that neither come nor go now
     */
    public Map<DeviceAddress, Set<String>> held(Collection<Change> changes) {
        Map<DeviceAddress, Turns> before =
                onRecord.of(changes.stream().map(Change::device).toList());
        Instant now = clock.instant();
        List<Turns> counted = new ArrayList<>();
        List<Outbox.Event> events = new ArrayList<>();
        Map<DeviceAddress, Set<String>> held = new HashMap<>();
        for (Change change : changes) {
            Turns turns = before.get(change.device());
            if (turns != null && turns.heldAt() != null && !turns.isOver(now, change.versions(), properties.hold())) {
                held.put(change.device(), turns.configurations().keySet());
                continue;
            }
            Turns next = next(turns, change, now);
            if (next != null && next.turns() > properties.turns()) {
                next = next.held(now);
                held.put(change.device(), next.configurations().keySet());
                events.add(new Outbox.Event(ConfigurationFightEvent.FIGHTING, event(next, now)));
                fights.increment();
            }
            if (next != null && !next.equals(turns)) {
                counted.add(next);
            }
        }
        if (!counted.isEmpty()) {
            onRecord.save(counted);
        }
        outbox.appendAll(RegistryEvents.EXCHANGE, events);
        return held;
    }

    private @Nullable Turns next(@Nullable Turns turns, Change change, Instant now) {
        Map<String, Long> cameOrWent = change.cameOrWent();
        if (turns == null || turns.heldAt() != null) {
            return cameOrWent.isEmpty() && turns == null ? null : Turns.first(change.device(), now, cameOrWent);
        }
        return cameOrWent.isEmpty() ? turns : turns.next(now, cameOrWent, properties.window());
    }

    private static ConfigurationFightEvent event(Turns turns, Instant at) {
        return new ConfigurationFightEvent(
                turns.device().tenant().value(),
                turns.device().device().value(),
                turns.configurations().keySet().stream().sorted().toList(),
                at);
    }

    /**
     * What is meant for a device now, and was before.
     *
     * @param device the device
     * @param known all configurations that count
     * @param targeted those of them that are meant for it
     * @param before the ids of those that were
     */
    public record Change(
            DeviceAddress device, List<Configuration> known, Collection<Configuration> targeted, Set<String> before) {

        Map<String, Long> versions() {
            return known.stream().collect(toMap(Configuration::id, Configuration::version));
        }

        /** The ids and versions of those that are meant for it now or were before, but not both. */
        Map<String, Long> cameOrWent() {
            Set<String> now = targeted.stream().map(Configuration::id).collect(toSet());
            return known.stream()
                    .filter(configuration -> now.contains(configuration.id()) != before.contains(configuration.id()))
                    .collect(toMap(Configuration::id, Configuration::version));
        }
    }
}
