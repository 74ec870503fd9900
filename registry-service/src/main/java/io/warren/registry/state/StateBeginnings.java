package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.registry.device.DevicesRegistered;
import io.warren.registry.devicetype.DeviceTypes;
import io.warren.registry.document.Documents;
import io.warren.registry.statechange.StateChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Has new devices begin with what their types have them be like. */
@Component
class StateBeginnings {

    private static final String BY = "device-type";

    private final DeviceTypes types;
    private final DeviceStates states;
    private final StateLog log;
    private final Clock clock;

    StateBeginnings(DeviceTypes types, DeviceStates states, StateLog log, Clock clock) {
        this.types = types;
        this.states = states;
        this.log = log;
        this.clock = clock;
    }

    /** Runs in the transaction that makes the devices. */
    @EventListener
    void begin(DevicesRegistered registered) {
        Map<TypeOfTenant, Optional<ObjectNode>> known = new HashMap<>();
        Map<DeviceAddress, ObjectNode> wanted = new HashMap<>();
        registered
                .types()
                .forEach((address, type) -> known.computeIfAbsent(
                                new TypeOfTenant(address.tenant(), type), this::defaultOf)
                        .ifPresent(state -> wanted.put(address, state)));
        if (wanted.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<DeviceState> begun = new ArrayList<>();
        List<StateChange> changes = new ArrayList<>();
        states.lock(wanted.keySet())
                .forEach((address, state) -> state.desire(
                                state.layers().beginningWith(Objects.requireNonNull(wanted.get(address))), now, BY)
                        .ifPresent(made -> {
                            begun.add(state);
                            changes.add(made);
                        }));
        if (!begun.isEmpty()) {
            states.updateDesired(begun);
            log.add(changes);
        }
    }

    private Optional<ObjectNode> defaultOf(TypeOfTenant type) {
        // as every desired state: a null is nothing
        return types.defaultDesiredState(type.tenant(), type.type())
                .map(state -> Documents.patched(Documents.empty(), (ObjectNode) state));
    }

    private record TypeOfTenant(TenantId tenant, String type) {}
}
