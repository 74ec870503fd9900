package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All tenants. */
@Repository
@Transactional(readOnly = true)
public class Tenants {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("tenant-not-found", HttpStatus.NOT_FOUND, "No such tenant");

    private final EntityManager entities;

    Tenants(EntityManager entities) {
        this.entities = entities;
    }

    /** Whether there is such a tenant. */
    public boolean exists(TenantId tenant) {
        return entities.find(Tenant.class, tenant.value()) != null;
    }

    /** The problem of a tenant that does not exist. */
    public static ProblemException notFound(TenantId tenant) {
        return new ProblemException(NOT_FOUND, "There is no tenant " + tenant + ".");
    }

    Tenant get(TenantId id) {
        return Optional.ofNullable(entities.find(Tenant.class, id.value())).orElseThrow(() -> notFound(id));
    }

    Optional<Tenant> lock(TenantId id) {
        return Optional.ofNullable(entities.find(Tenant.class, id.value(), LockModeType.PESSIMISTIC_WRITE));
    }

    List<Tenant> after(String id, int limit) {
        return entities.createQuery("SELECT t FROM Tenant t WHERE t.id > :id ORDER BY t.id", Tenant.class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    void add(Tenant tenant) {
        entities.persist(tenant);
        entities.flush();
    }

    void remove(Tenant tenant) {
        entities.remove(tenant);
        entities.flush();
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }
}
