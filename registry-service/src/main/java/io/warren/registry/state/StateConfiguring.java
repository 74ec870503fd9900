package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.presence.Presences;
import io.warren.registry.statechange.StateChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** What configurations have devices be like, below what was said of the devices themselves. */
@Service
public class StateConfiguring {

    private final Presences presences;
    private final DeviceStates states;
    private final StateLog log;
    private final Clock clock;

    StateConfiguring(Presences presences, DeviceStates states, StateLog log, Clock clock) {
        this.presences = presences;
        this.states = states;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Has configurations say this of devices of a tenant, whose rows the caller has locked; what comes of it they are told at once if they are
     * there, and else when they come. What would become too large is left as it was.
     *
     * @param wanted what configurations say of each, one merged into the other
     * @return what has become of each that exists
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<DeviceAddress, Outcome> configure(TenantId tenant, Map<DeviceAddress, Configured> wanted) {
        Set<DeviceId> connected = presences.holdConnected(
                tenant, wanted.keySet().stream().map(DeviceAddress::device).toList());
        Instant now = clock.instant();
        List<DeviceState> changed = new ArrayList<>();
        List<StateChange> changes = new ArrayList<>();
        Map<DeviceAddress, Outcome> outcomes = new HashMap<>();
        states.lock(wanted.keySet()).forEach((address, state) -> {
            Layers before = state.layers();
            Configured asked = Objects.requireNonNull(wanted.get(address));
            ProblemException refusal = null;
            try {
                state.desire(before.on(asked.state()), now, asked.by()).ifPresent(change -> {
                    changes.add(change);
                    if (connected.contains(address.device())) {
                        state.send(now);
                    }
                });
                if (!state.layers().equals(before)) {
                    changed.add(state);
                }
            } catch (ProblemException e) {
                refusal = e;
            }
            outcomes.put(
                    address,
                    new Outcome(
                            state.desired().state(),
                            state.reported().state(),
                            refusal == null ? null : refusal.getMessage()));
        });
        if (!changed.isEmpty()) {
            states.updateDesired(changed);
        }
        if (!changes.isEmpty()) {
            log.add(changes);
        }
        return outcomes;
    }

    /**
     * What configurations say of a device.
     *
     * @param state what they say, one merged into the other
     * @param by which of them have come, gone or changed
     */
    public record Configured(ObjectNode state, String by) {}

    /**
     * What has become of it.
     *
     * @param desired the desired state after it
     * @param reported what the device says it is like
     * @param refusal why it was left as it was, if it was
     */
    public record Outcome(
            ObjectNode desired,
            ObjectNode reported,
            @Nullable String refusal) {}
}
