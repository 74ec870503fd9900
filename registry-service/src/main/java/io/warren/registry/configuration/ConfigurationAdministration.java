package io.warren.registry.configuration;

import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Definitions;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.registry.document.DocumentBounds;
import io.warren.registry.document.Documents;
import io.warren.registry.query.DeviceSearch;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** How configurations come, change and go. */
@Service
class ConfigurationAdministration {

    private static final int MOST = 200;

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-configurations", HttpStatus.CONFLICT, "Too many configurations");

    private final Configurations configurations;
    private final Tenants tenants;
    private final DeviceSearch search;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ConfigurationAdministration(
            Configurations configurations,
            Tenants tenants,
            DeviceSearch search,
            ApplicationEventPublisher events,
            Clock clock) {
        this.configurations = configurations;
        this.tenants = tenants;
        this.search = search;
        this.events = events;
        this.clock = clock;
    }

    /** Makes a configuration, or gives one that exists the description asked for. */
    @Transactional
    Outcome put(TenantId tenant, String id, ConfigurationDescription description, @Nullable String ifMatch) {
        if (!id.matches(Configuration.FORM)) {
            throw invalid(new Violation("configuration", "of the form " + Configuration.FORM));
        }
        configurations.reserve(tenant);
        Optional<Configuration> existing = configurations.find(tenant, id);
        EntityTags.check(ifMatch, existing.map(Configuration::version));
        if (existing.isPresent()) {
            return new Outcome(describe(existing.get(), description), false);
        }
        tenants.hold(tenant);
        if (configurations.count(tenant) >= MOST) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST + " configurations.");
        }
        ObjectNode says = checked(description);
        Configuration made = new Configuration(
                tenant,
                id,
                description.name(),
                description.target(),
                description.priority(),
                says,
                description.enabled(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                configurations.lastVersion(tenant, id) + 1);
        save(made);
        events.publishEvent(new ConfigurationChanged(tenant, id));
        return new Outcome(made, true);
    }

    /** Changes the description of a configuration that exists. */
    @Transactional
    Configuration change(
            TenantId tenant, String id, UnaryOperator<ConfigurationDescription> change, @Nullable String ifMatch) {
        configurations.reserve(tenant);
        Configuration existing = configurations.get(tenant, id);
        EntityTags.check(ifMatch, existing.version());
        return describe(existing, change.apply(existing.description()));
    }

    /** Removes a configuration; the devices that have it get the next in line. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        configurations.reserve(tenant);
        Configuration existing = configurations.get(tenant, id);
        EntityTags.check(ifMatch, existing.version());
        configurations.remove(existing);
        events.publishEvent(new ConfigurationChanged(tenant, id));
    }

    private Configuration describe(Configuration existing, ConfigurationDescription description) {
        Configuration described = existing.describedBy(description, checked(description));
        boolean same = described.saysTheSameAs(existing);
        if (same && Objects.equals(described.name(), existing.name())) {
            return existing;
        }
        save(described);
        if (!same) {
            events.publishEvent(new ConfigurationChanged(described.tenant(), described.id()));
        }
        return described;
    }

    private void save(Configuration configuration) {
        Expression target = Targets.compile(configuration.target(), "/target");
        Definitions groups = search.definitions(configuration.tenant());
        if (Targets.goesInCircles(target, groups)) {
            throw invalid(new Violation(
                    "/target",
                    "a group in it asks for what is desired, which depends on the configurations that apply"));
        }
        configurations.save(configuration, Targets.reads(target, groups));
    }

    private static ObjectNode checked(ConfigurationDescription description) {
        if (description.desired() instanceof ObjectNode says) {
            DocumentBounds.check(says);
            // numbers as they are kept, so that the same is the same
            return Documents.readDocument(Documents.write(says));
        }
        throw invalid(new Violation("/desired", "a JSON object"));
    }

    private static ProblemException invalid(Violation violation) {
        return new ProblemException(
                ProblemKind.INVALID, "The configuration is not allowed to be like this.", List.of(violation));
    }

    record Outcome(Configuration configuration, boolean created) {}
}
