package io.warren.registry.assignment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.registry.RegistryProblems;
import io.warren.registry.assignment.Assignment.Status;
import io.warren.registry.configuration.Configuration;
import io.warren.registry.configuration.Configurations;
import io.warren.registry.configuration.Contradictions;
import io.warren.registry.configuration.Targets;
import io.warren.registry.document.Documents;
import io.warren.registry.explain.Absence;
import io.warren.registry.explain.Blocker;
import io.warren.registry.explain.ExplainedKind;
import io.warren.registry.state.DeviceStates;
import io.warren.registry.state.StateView;
import io.warren.registry.steadiness.TurnsOnRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Says why a configuration does or does not apply to a device. */
@Component
class ConfigurationExplanation implements ExplainedKind {

    private final Configurations configurations;
    private final Assignments assignments;
    private final TurnsOnRecord turns;
    private final PassedOver passedOver;
    private final DeviceStates states;

    ConfigurationExplanation(
            Configurations configurations,
            Assignments assignments,
            TurnsOnRecord turns,
            PassedOver passedOver,
            DeviceStates states) {
        this.configurations = configurations;
        this.assignments = assignments;
        this.turns = turns;
        this.passedOver = passedOver;
        this.states = states;
    }

    @Override
    public String kind() {
        return "configuration";
    }

    @Override
    public Explained explain(DeviceAddress device, String id, Facts facts) {
        Configuration configuration = configurations.get(device.tenant(), id);
        Expression target = Targets.compile(configuration.target(), "/target");
        List<Assignment> all = assignments.of(List.of(device)).getOrDefault(device, List.of());
        Optional<Assignment> own = all.stream()
                .filter(assignment -> assignment.configuration().equals(id))
                .findFirst();
        List<Blocker> blockers = new ArrayList<>();
        if (!configuration.enabled()) {
            blockers.add(new Blocker("configuration-disabled", "The configuration is not enabled."));
        }
        if (!target.test(facts)) {
            blockers.add(new Blocker("target-not-met", "The target is not true of the device: see the parts."));
        }
        passedOver.of(device).ifPresent(failure -> blockers.add(failed(failure)));
        if (own.filter(assignment -> assignment.status() == Status.HELD).isPresent()) {
            blockers.add(held(device));
        } else if (blockers.isEmpty()) {
            blockers.addAll(meant(device, configuration, all, own, facts));
        }
        return new Explained(target, blockers);
    }

    private static Blocker failed(PassedOver.Failure failure) {
        return new Blocker(
                "failed",
                "Looking at the device failed at " + failure.at() + ", and is tried again some minutes later. "
                        + failure.reason());
    }

    private Blocker held(DeviceAddress device) {
        return new Blocker(
                "held",
                turns.of(List.of(device)).values().stream()
                        .map(turn -> "What the device reports makes the targets of "
                                + turn.configurations().keySet().stream()
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + " true and false again and again, " + turn.turns() + " times since " + turn.since()
                                + ": it keeps what it has until one of them is changed, the device is released, or for a while from "
                                + turn.heldAt() + " on. The parts that ask for device.state.reported say what changes.")
                        .collect(Collectors.joining()));
    }

    private List<Blocker> meant(
            DeviceAddress device,
            Configuration configuration,
            List<Assignment> all,
            Optional<Assignment> own,
            Facts facts) {
        if (own.isEmpty() || own.get().version() != configuration.version()) {
            return own.filter(assignment -> assignment.status() == Status.TOO_LARGE)
                            .isPresent()
                    ? List.of(tooLarge())
                    : List.of(new Blocker("due", "The device has not been looked at since: it will be in a moment."));
        }
        StateView state = states.view(device).orElseThrow(() -> RegistryProblems.deviceNotFound(device));
        return switch (own.get().status()) {
            case TOO_LARGE -> List.of(tooLarge());
            case OVERRIDDEN -> overridden(configuration, all, state);
            default -> unreported(configuration, state, facts);
        };
    }

    private static Blocker tooLarge() {
        return new Blocker(
                "too-large",
                "With all configurations that are meant for it, the desired state would be larger or deeper than is kept:"
                        + " it stays as it was.");
    }

    private List<Blocker> overridden(Configuration configuration, List<Assignment> all, StateView state) {
        List<Blocker> blockers = new ArrayList<>();
        ObjectNode own = state.own();
        List<String> byDevice = own == null ? List.of() : Contradictions.between(configuration.desired(), own);
        if (!byDevice.isEmpty()) {
            blockers.add(new Blocker(
                    "overridden-by-device",
                    "Of the device itself something else was said, which counts first.",
                    byDevice));
        }
        for (Configuration other : configurations.enabled(configuration.tenant())) {
            boolean isInForce = all.stream()
                    .anyMatch(assignment ->
                            assignment.inForce() && assignment.configuration().equals(other.id()));
            if (isInForce && Configuration.LOWEST_FIRST.compare(other, configuration) > 0) {
                List<String> pointers = Contradictions.between(configuration.desired(), other.desired());
                if (!pointers.isEmpty()) {
                    blockers.add(new Blocker(
                            "overridden-by-configuration",
                            "The configuration " + other.id()
                                    + (other.priority() == configuration.priority()
                                            ? " has the same priority, and its id comes first."
                                            : " has the priority " + other.priority() + "."),
                            pointers));
                }
            }
        }
        return blockers;
    }

    private static List<Blocker> unreported(Configuration configuration, StateView state, Facts facts) {
        ObjectNode wanted = Documents.patched(Documents.empty(), configuration.desired());
        ObjectNode missing = Documents.missing(wanted, state.reported().state());
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Blocker> blockers = new ArrayList<>(Absence.of(facts));
        blockers.add(new Blocker(
                "not-reported",
                "It is part of the desired state, and the device does not yet say that it is like that.",
                missing.propertyNames().stream()
                        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                        .toList()));
        return blockers;
    }
}
