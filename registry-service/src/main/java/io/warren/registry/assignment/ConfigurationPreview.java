package io.warren.registry.assignment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.registry.configuration.Configurations;
import io.warren.registry.configuration.Targets;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says for which devices a configuration would be meant that has not been made yet. */
@Service
class ConfigurationPreview {

    private static final int SAMPLE = 10;
    private static final int LOOKED_AT = 1_000;

    private final DeviceSearch search;
    private final Configurations configurations;
    private final Assignments assignments;

    ConfigurationPreview(DeviceSearch search, Configurations configurations, Assignments assignments) {
        this.search = search;
        this.configurations = configurations;
        this.assignments = assignments;
    }

    @Transactional(readOnly = true)
    Preview of(TenantId tenant, String source) {
        Expression target = Targets.compile(source, "/target");
        List<DeviceId> first = search.matching(tenant, target, null, LOOKED_AT);
        Map<String, Long> targeting = first.isEmpty() ? Map.of() : assignments.targeting(tenant, first);
        return new Preview(
                first.size() < LOOKED_AT ? first.size() : search.count(tenant, target),
                first.stream().limit(SAMPLE).toList(),
                first.size(),
                configurations.enabled(tenant).reversed().stream()
                        .filter(configuration -> targeting.containsKey(configuration.id()))
                        .map(configuration -> new Overlap(
                                configuration.id(),
                                configuration.priority(),
                                targeting.getOrDefault(configuration.id(), 0L)))
                        .toList());
    }

    /**
     * For which devices it would be meant.
     *
     * @param count how many they are
     * @param sample the first of them
     * @param lookedAt how many of them, the first, were looked at for overlaps
     * @param overlaps other configurations that are meant for some of these, the one that counts first first
     */
    record Preview(long count, List<DeviceId> sample, int lookedAt, List<Overlap> overlaps) {}

    /**
     * A configuration that is meant for some of the same devices.
     *
     * @param configuration its id
     * @param priority its priority
     * @param devices for how many of those that were looked at
     */
    record Overlap(String configuration, int priority, long devices) {}
}
