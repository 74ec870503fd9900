package io.warren.registry.assignment;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.registry.device.Devices;
import io.warren.registry.state.StateConfiguring;
import io.warren.registry.state.StateConfiguring.Configured;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives devices the configurations that are meant for them. What a device gets depends only on what is known when its row is
 * locked; whoever changes that later has the device looked at again, in the same transaction. So it does not matter in which order,
 * how often and by how many at a time devices are looked at.
 */
@Service
class Evaluation {

    /** How what is changed because of configurations is attributed. */
    static final String BY = "configuration:";

    /** How many devices are looked at at a time. */
    static final int BATCH = 200;

    private static final int MOST_NAMED = 5;

    private final DueDevices due;
    private final Devices devices;
    private final Assignments assignments;
    private final Targeting targeting;
    private final StateConfiguring states;

    Evaluation(DueDevices due, Devices devices, Assignments assignments, Targeting targeting, StateConfiguring states) {
        this.due = due;
        this.devices = devices;
        this.assignments = assignments;
        this.targeting = targeting;
        this.states = states;
    }

    /**
     * Looks at the next devices that are due. How many statements that takes does not depend on how many these are.
     *
     * @return whether there were any
     */
    @Transactional
    boolean next() {
        return lookAt(due.take(BATCH));
    }

    /**
     * Looks at a device, if it is due.
     *
     * @return whether it was
     */
    @Transactional
    boolean next(DeviceAddress device) {
        return lookAt(due.take(device));
    }

    private boolean lookAt(Set<DeviceAddress> taken) {
        if (taken.isEmpty()) {
            return false;
        }
        TenantId tenant = taken.iterator().next().tenant();
        due.announceLook(tenant);
        Set<DeviceAddress> held =
                devices
                        .holdAll(
                                tenant,
                                taken.stream().map(DeviceAddress::device).toList())
                        .keySet()
                        .stream()
                        .map(device -> new DeviceAddress(tenant, device))
                        .collect(toSet());
        due.passOverNoMore(held);
        Map<DeviceAddress, List<Assignment>> before = assignments.of(held);
        Map<DeviceAddress, Standing> standings = targeting.of(tenant, held, before);
        if (!standings.isEmpty()) {
            apply(tenant, standings, before);
        }
        return true;
    }

    private void apply(
            TenantId tenant, Map<DeviceAddress, Standing> standings, Map<DeviceAddress, List<Assignment>> before) {
        Map<DeviceAddress, Configured> wanted = new HashMap<>();
        standings.forEach((device, standing) -> wanted.put(
                device,
                new Configured(standing.state(), by(standing.changed(before.getOrDefault(device, List.of()))))));
        Set<Assignment> gone = new HashSet<>();
        Set<Assignment> come = new HashSet<>();
        states.configure(tenant, wanted).forEach((device, outcome) -> {
            List<Assignment> had = before.getOrDefault(device, List.of());
            gone.addAll(had);
            come.addAll(Objects.requireNonNull(standings.get(device)).assignments(device, had, outcome));
        });
        Set<Assignment> same = new HashSet<>(gone);
        same.retainAll(come);
        gone.removeAll(same);
        come.removeAll(same);
        assignments.change(gone, come);
    }

    private static String by(List<String> changed) {
        return BY + String.join(",", changed.subList(0, Math.min(MOST_NAMED, changed.size())));
    }
}
