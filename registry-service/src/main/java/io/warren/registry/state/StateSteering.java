package io.warren.registry.state;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.web.EntityTags;
import io.warren.registry.RegistryProblems;
import io.warren.registry.device.Devices;
import io.warren.registry.presence.Presences;
import io.warren.registry.statechange.StateChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What devices are to be like. */
@Service
class StateSteering {

    private final Devices devices;
    private final Presences presences;
    private final DeviceStates states;
    private final StateLog log;
    private final Clock clock;

    StateSteering(Devices devices, Presences presences, DeviceStates states, StateLog log, Clock clock) {
        this.devices = devices;
        this.presences = presences;
        this.states = states;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Changes what a device is to be like; it is told at once if it is there, and else when it comes.
     *
     * @param change makes what is to be of what is; what configurations say stays
     * @param ifMatch the versions that the caller saw, if that matters
     * @param by whose doing it is
     * @throws ProblemException if there is no such device, if the caller saw another version, or if the document would be one that
     *     is not kept
     */
    @Transactional
    DeviceState desire(DeviceAddress address, UnaryOperator<Layers> change, @Nullable String ifMatch, String by) {
        devices.hold(address);
        boolean connected = presences.holdConnected(address);
        DeviceState state = states.lock(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
        EntityTags.check(ifMatch, state.desired().version());
        desire(List.of(state), connected ? Set.of(address) : Set.of(), (_, layers) -> change.apply(layers), by);
        return state;
    }

    /**
     * Changes what devices of a tenant are to be like, whose rows the caller has locked; those that do not exist are passed over.
     *
     * @param change makes what is to be of what is, for each device
     * @param by whose doing it is
     * @throws ProblemException if a document would be one that is not kept
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void desireAll(
            TenantId tenant,
            Set<DeviceAddress> addresses,
            BiFunction<DeviceAddress, Layers, Layers> change,
            String by) {
        Set<DeviceAddress> connected =
                presences
                        .holdConnected(
                                tenant,
                                addresses.stream().map(DeviceAddress::device).toList())
                        .stream()
                        .map(device -> new DeviceAddress(tenant, device))
                        .collect(toSet());
        desire(states.lock(addresses).values(), connected, change, by);
    }

    private void desire(
            Collection<DeviceState> locked,
            Set<DeviceAddress> connected,
            BiFunction<DeviceAddress, Layers, Layers> change,
            String by) {
        Instant now = clock.instant();
        List<DeviceState> changed = new ArrayList<>();
        List<StateChange> changes = new ArrayList<>();
        for (DeviceState state : locked) {
            Layers before = state.layers();
            Optional<StateChange> made = state.desire(change.apply(state.address(), before), now, by);
            if (made.isPresent() && connected.contains(state.address())) {
                state.send(now);
            }
            if (!state.layers().equals(before)) {
                changed.add(state);
            }
            made.ifPresent(changes::add);
        }
        if (!changed.isEmpty()) {
            states.updateDesired(changed);
        }
        if (!changes.isEmpty()) {
            log.add(changes);
        }
    }
}
