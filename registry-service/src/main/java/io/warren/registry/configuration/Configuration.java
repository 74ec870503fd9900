package io.warren.registry.configuration;

import io.warren.contracts.device.TenantId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What many devices are to be like.
 *
 * @param tenant whose it is
 * @param id its id among the tenant's
 * @param name a name for people
 * @param target the expression that is true of the devices it is meant for
 * @param priority of two that say different things, the greater counts
 * @param desired what it says, as a merge patch
 * @param enabled whether it counts
 * @param createdAt when it was made
 * @param version how often it has changed, deleted configurations of the same id included
 */
public record Configuration(
        TenantId tenant,
        String id,
        @Nullable String name,
        String target,
        int priority,
        ObjectNode desired,
        boolean enabled,
        Instant createdAt,
        long version) {

    /** The one that counts first comes last. */
    public static final Comparator<Configuration> LOWEST_FIRST = Comparator.comparingInt(Configuration::priority)
            .thenComparing(Configuration::id, Comparator.reverseOrder());

    /** The form of an id. */
    static final String FORM = "[A-Za-z0-9_-]{1,64}";

    /** The same with another description, as its next version. */
    Configuration describedBy(ConfigurationDescription description, ObjectNode says) {
        return new Configuration(
                tenant,
                id,
                description.name(),
                description.target(),
                description.priority(),
                says,
                description.enabled(),
                createdAt,
                version + 1);
    }

    /** The same as its next version, because what its target asks for is true of other devices. */
    Configuration meantForOthers() {
        return describedBy(description(), desired);
    }

    ConfigurationDescription description() {
        return new ConfigurationDescription(name, target, priority, desired, enabled);
    }

    /** Whether it is for the same devices and has them be the same, at the same place among others. */
    boolean saysTheSameAs(Configuration other) {
        return target.equals(other.target)
                && priority == other.priority
                && enabled == other.enabled
                && desired.equals(other.desired);
    }
}
