package io.warren.registry.assignment;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.registry.configuration.Configuration;
import io.warren.registry.configuration.Configurations;
import io.warren.registry.configuration.TargetsOnRecord;
import io.warren.registry.query.DeviceSearch;
import io.warren.registry.steadiness.Steadiness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Says which configurations are meant for devices, and which they get. */
@Component
class Targeting {

    private final Configurations configurations;
    private final TargetsOnRecord readable;
    private final DeviceSearch search;
    private final Steadiness steadiness;

    Targeting(Configurations configurations, TargetsOnRecord readable, DeviceSearch search, Steadiness steadiness) {
        this.configurations = configurations;
        this.readable = readable;
        this.search = search;
        this.steadiness = steadiness;
    }

    /**
     * Looks at devices of a tenant, whose rows are locked: what is read here is not older than the lock.
     *
     * @param before how it stood; devices with nothing are left out
     * @return of each device that has had, or gets, anything, what it gets
     */
    Map<DeviceAddress, Standing> of(
            TenantId tenant, Set<DeviceAddress> devices, Map<DeviceAddress, List<Assignment>> before) {
        List<Steadiness.Change> changes = changes(tenant, devices, before);
        Map<DeviceAddress, Set<String>> held = steadiness.held(changes);
        Map<DeviceAddress, Standing> standings = new HashMap<>();
        for (Steadiness.Change change : changes) {
            Set<String> fixed = held.getOrDefault(change.device(), Set.of());
            Set<String> had = ids(before.getOrDefault(change.device(), List.of()), Assignment::inForce);
            standings.put(
                    change.device(),
                    new Standing(
                            change.known(),
                            change.targeted().stream().map(Configuration::id).collect(toSet()),
                            change.known().stream()
                                    .filter(configuration -> fixed.contains(configuration.id())
                                            ? had.contains(configuration.id())
                                            : change.targeted().contains(configuration))
                                    .toList(),
                            fixed));
        }
        return standings;
    }

    private List<Steadiness.Change> changes(
            TenantId tenant, Set<DeviceAddress> devices, Map<DeviceAddress, List<Assignment>> before) {
        List<Target> targets = configurations.enabled(tenant).stream()
                .map(configuration -> new Target(configuration, readable.of(configuration)))
                .toList();
        if (targets.isEmpty() && Collections.disjoint(devices, before.keySet())) {
            return List.of();
        }
        List<Configuration> known = targets.stream().map(Target::configuration).toList();
        Map<DeviceId, Facts> facts =
                search.facts(tenant, devices.stream().map(DeviceAddress::device).toList());
        List<Steadiness.Change> changes = new ArrayList<>();
        for (DeviceAddress device : devices) {
            Facts seen = facts.get(device.device());
            if (seen == null) {
                continue;
            }
            List<Assignment> had = before.getOrDefault(device, List.of());
            Set<String> targeted = ids(had, Assignment::targeted);
            List<Configuration> meant = targets.stream()
                    .filter(target -> target.isOf(seen, targeted))
                    .map(Target::configuration)
                    .toList();
            if (!meant.isEmpty() || !had.isEmpty()) {
                changes.add(new Steadiness.Change(device, known, meant, targeted));
            }
        }
        return changes;
    }

    private static Set<String> ids(List<Assignment> assignments, Predicate<Assignment> kind) {
        return assignments.stream().filter(kind).map(Assignment::configuration).collect(toSet());
    }

    /**
     * A configuration with its target.
     *
     * @param expression empty if it cannot be read: then the configuration is meant for those devices that it was meant for
     */
    private record Target(Configuration configuration, Optional<Expression> expression) {

        boolean isOf(Facts device, Set<String> before) {
            return expression.map(target -> target.test(device)).orElseGet(() -> before.contains(configuration.id()));
        }
    }
}
