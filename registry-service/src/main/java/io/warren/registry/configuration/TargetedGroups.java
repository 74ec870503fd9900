package io.warren.registry.configuration;

import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Definitions;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps configurations in step with the groups that their targets ask for, by way of other groups too. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TargetedGroups {

    private final Configurations configurations;
    private final TargetsOnRecord targets;
    private final DeviceSearch search;
    private final ApplicationEventPublisher events;

    TargetedGroups(
            Configurations configurations,
            TargetsOnRecord targets,
            DeviceSearch search,
            ApplicationEventPublisher events) {
        this.configurations = configurations;
        this.targets = targets;
        this.search = search;
        this.events = events;
    }

    /**
     * Has configurations follow a group whose expression came, changed or went, in the transaction that does that.
     *
     * @throws ProblemException if they would go round in circles
     */
    public void follow(TenantId tenant, String group) {
        configurations.reserve(tenant);
        Definitions definitions = search.definitions(tenant);
        for (Configuration configuration : configurations.askingForGroups(tenant)) {
            targets.of(configuration)
                    .filter(target -> definitions.asks(target, group))
                    .ifPresent(target -> follow(configuration, target, definitions));
        }
    }

    private void follow(Configuration configuration, Expression target, Definitions definitions) {
        if (Targets.goesInCircles(target, definitions)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The configuration " + configuration.id() + " asks for the group.",
                    List.of(new Violation(
                            "/filter",
                            "what is desired depends on which configurations apply, so they would go round in"
                                    + " circles")));
        }
        configurations.save(configuration.meantForOthers(), Targets.reads(target, definitions));
        events.publishEvent(new ConfigurationChanged(configuration.tenant(), configuration.id()));
    }

    /** The ids of the configurations that ask for a group; until the transaction ends, no others come to do so. */
    public List<String> asking(TenantId tenant, String group) {
        configurations.reserve(tenant);
        Definitions definitions = search.definitions(tenant);
        return configurations.askingForGroups(tenant).stream()
                .filter(configuration -> targets.of(configuration)
                        .filter(target -> definitions.asks(target, group))
                        .isPresent())
                .map(Configuration::id)
                .toList();
    }
}
