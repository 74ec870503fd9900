package io.warren.registry.assignment;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.assignment.Assignment.Status;
import io.warren.registry.configuration.Configuration;
import io.warren.registry.document.Documents;
import io.warren.registry.state.StateConfiguring.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which configurations a device gets.
 *
 * @param known all that count, the one that counts first last
 * @param targeted the ids of those that are meant for it
 * @param inForce those that it gets, in the same order
 * @param held the ids of those that neither come nor go now, because they did so too often
 */
record Standing(List<Configuration> known, Set<String> targeted, List<Configuration> inForce, Set<String> held) {

    /** What they say, one merged into the other. It depends on nothing but them: not on order, and not on what was before. */
    ObjectNode state() {
        ObjectNode state = Documents.empty();
        for (Configuration configuration : inForce) {
            state = Documents.patched(state, configuration.desired());
        }
        return state;
    }

    /** The ids of those that come, go or have changed, in order. */
    List<String> changed(List<Assignment> before) {
        Map<String, Long> versions = new HashMap<>();
        inForce.forEach(configuration -> versions.put(configuration.id(), configuration.version()));
        Set<String> changed = new HashSet<>(versions.keySet());
        for (Assignment assignment : before) {
            if (assignment.inForce()) {
                Long version = versions.get(assignment.configuration());
                if (version != null && version == assignment.version()) {
                    changed.remove(assignment.configuration());
                } else {
                    changed.add(assignment.configuration());
                }
            }
        }
        return changed.stream().sorted().toList();
    }

    /** How it stands with the device afterwards. */
    Set<Assignment> assignments(DeviceAddress device, List<Assignment> before, Outcome outcome) {
        return outcome.refusal() == null ? taken(device, outcome) : refused(device, before);
    }

    private Set<Assignment> taken(DeviceAddress device, Outcome outcome) {
        Set<Assignment> assignments = new HashSet<>();
        for (Configuration configuration : known) {
            boolean isTargeted = targeted.contains(configuration.id());
            boolean isInForce = inForce.contains(configuration);
            if (isTargeted || isInForce) {
                assignments.add(new Assignment(
                        device,
                        configuration.id(),
                        configuration.version(),
                        isTargeted,
                        isInForce,
                        held.contains(configuration.id()) ? Status.HELD : status(configuration, outcome)));
            }
        }
        return assignments;
    }

    private static Status status(Configuration configuration, Outcome outcome) {
        ObjectNode desired = outcome.desired();
        if (!Documents.difference(desired, Documents.patched(desired, configuration.desired()))
                .isEmpty()) {
            return Status.OVERRIDDEN;
        }
        ObjectNode wanted = Documents.patched(Documents.empty(), configuration.desired());
        return Documents.missing(wanted, outcome.reported()).isEmpty() ? Status.REPORTED : Status.APPLIED;
    }

    /** The device keeps what it had; none of what is meant for it has arrived as it is now. */
    private Set<Assignment> refused(DeviceAddress device, List<Assignment> before) {
        Map<String, Assignment> had = before.stream()
                .filter(Assignment::inForce)
                .collect(toMap(Assignment::configuration, assignment -> assignment));
        Set<String> concerned = new HashSet<>(had.keySet());
        concerned.addAll(targeted);
        Map<String, Long> versions = known.stream().collect(toMap(Configuration::id, Configuration::version));
        Set<Assignment> assignments = new HashSet<>();
        for (String id : concerned) {
            Assignment old = had.get(id);
            assignments.add(new Assignment(
                    device,
                    id,
                    old == null ? versions.getOrDefault(id, 0L) : old.version(),
                    targeted.contains(id),
                    old != null,
                    Status.TOO_LARGE));
        }
        return assignments;
    }
}
