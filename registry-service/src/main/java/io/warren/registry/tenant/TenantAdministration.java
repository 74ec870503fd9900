package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.contracts.registry.TenantEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.EntityTags;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Making, changing and removing tenants. */
@Service
class TenantAdministration {

    private static final ProblemKind NOT_EMPTY =
            new ProblemKind("tenant-not-empty", HttpStatus.CONFLICT, "The tenant still has devices");

    private static final ProblemKind RETIRED =
            new ProblemKind("tenant-retired", HttpStatus.CONFLICT, "The name belonged to a tenant that was deleted");

    private final Tenants tenants;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TenantAdministration(Tenants tenants, Outbox outbox, ApplicationEventPublisher events, Clock clock) {
        this.tenants = tenants;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes a tenant, or gives one that exists the name and the limits asked for. The id of a deleted tenant is not given again: its API keys,
     * enrolments and measurements, which other services keep, would belong to the new one.
     */
    @Transactional
    Outcome put(TenantId id, @Nullable String name, Limits limits, @Nullable String ifMatch) {
        tenants.reserve(id);
        Optional<Tenant> existing = tenants.lock(id);
        if (existing.isEmpty() && tenants.isRetired(id)) {
            throw new ProblemException(RETIRED, "There was a tenant " + id + ": choose another name.");
        }
        EntityTags.check(ifMatch, existing.map(Tenant::version));
        if (existing.isEmpty()) {
            Tenant tenant = new Tenant(id, name, limits, clock.instant());
            tenants.add(tenant);
            publish(TenantEvent.CREATED, tenant, tenant.version());
            events.publishEvent(new TenantCreated(id));
            return new Outcome(tenant, true);
        }
        Tenant tenant = existing.get();
        if (tenant.describe(name, limits)) {
            tenants.flush();
            publish(TenantEvent.UPDATED, tenant, tenant.version());
        }
        return new Outcome(tenant, false);
    }

    /** Removes a tenant that has no device; one with devices is kept, because they would go with it. */
    @Transactional
    void delete(TenantId id, @Nullable String ifMatch) {
        tenants.reserve(id);
        Tenant tenant = tenants.lock(id).orElseThrow(() -> Tenants.notFound(id));
        EntityTags.check(ifMatch, tenant.version());
        try {
            tenants.remove(tenant);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(NOT_EMPTY, "Delete the devices of tenant " + id + " first.");
        }
        publish(TenantEvent.DELETED, tenant, tenant.version() + 1);
    }

    private void publish(String type, Tenant tenant, long version) {
        outbox.append(RegistryEvents.EXCHANGE, type, tenant.event(version, clock.instant()));
    }

    record Outcome(Tenant tenant, boolean created) {}
}
