package io.warren.registry.state;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.RegistryProblems;
import io.warren.registry.presence.HeardHere;
import io.warren.registry.statechange.StateChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** What devices say that they are like. */
@Service
public class StateReporting {

    private final DeviceStates states;
    private final StateLog log;
    private final HeardHere heardHere;
    private final Clock clock;

    StateReporting(DeviceStates states, StateLog log, HeardHere heardHere, Clock clock) {
        this.states = states;
        this.log = log;
        this.heardHere = heardHere;
        this.clock = clock;
    }

    /**
     * Takes in reports, each device's in the order given; one that was taken in before is passed over. How many statements that
     * takes does not depend on how many there are.
     *
     * @param reports a few hundred at the most
     * @return what has become of each, in the same order
     */
    @Transactional
    public List<Outcome> note(List<Report> reports) {
        Map<DeviceAddress, DeviceState> locked =
                states.lock(reports.stream().map(Report::address).collect(toSet()));
        heardHere.of(locked.keySet());
        Instant now = clock.instant();
        List<Outcome> outcomes = new ArrayList<>();
        List<StateChange> changes = new ArrayList<>();
        Set<DeviceState> heard = new LinkedHashSet<>();
        for (Report report : reports) {
            DeviceState state = locked.get(report.address());
            if (state == null) {
                outcomes.add(Outcome.refused(RegistryProblems.deviceNotFound(report.address())));
            } else if (!state.hear(report.message(), report.again(), now)) {
                outcomes.add(Outcome.at(Kind.REPEATED, state));
            } else {
                heard.add(state);
                outcomes.add(apply(report, state, now, changes));
            }
        }
        if (!heard.isEmpty()) {
            states.updateHeard(heard);
        }
        if (!changes.isEmpty()) {
            states.updateReported(changes.stream()
                    .map(StateChange::address)
                    .distinct()
                    .map(address -> Optional.ofNullable(locked.get(address)).orElseThrow())
                    .toList());
            log.add(changes);
        }
        return outcomes;
    }

    private static Outcome apply(Report report, DeviceState state, Instant now, List<StateChange> changes) {
        try {
            Optional<StateChange> change = state.report(report.patch(), now);
            change.ifPresent(changes::add);
            return Outcome.at(change.isPresent() ? Kind.CHANGED : Kind.UNCHANGED, state);
        } catch (ProblemException e) {
            return Outcome.refused(e);
        }
    }

    /**
     * What a device says has changed of it.
     *
     * @param address the device
     * @param patch how it has changed, as a merge patch
     * @param message what tells this message from others of the device
     * @param again whether the broker may have delivered it before
     */
    public record Report(DeviceAddress address, ObjectNode patch, long message, boolean again) {}

    /** What a report can lead to. */
    public enum Kind {
        /** It changes what is on record. */
        CHANGED,
        /** It says what is on record already. */
        UNCHANGED,
        /** It was taken in before. */
        REPEATED,
        /** It is not taken in. */
        REFUSED
    }

    /**
     * What has become of a report.
     *
     * @param version the version of what the device reports, after it
     * @param problem why it was refused, if it was
     */
    public record Outcome(Kind kind, long version, @Nullable ProblemException problem) {

        static Outcome at(Kind kind, DeviceState state) {
            return new Outcome(kind, state.reported().version(), null);
        }

        /** It was refused. */
        public static Outcome refused(ProblemException problem) {
            return new Outcome(Kind.REFUSED, 0, problem);
        }
    }
}
