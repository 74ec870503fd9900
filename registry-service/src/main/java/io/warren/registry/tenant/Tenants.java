package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All tenants. */
@Repository
@Transactional(readOnly = true)
public class Tenants {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("tenant-not-found", HttpStatus.NOT_FOUND, "No such tenant");

    private static final ProblemKind LIMIT =
            new ProblemKind("tenant-limit-reached", HttpStatus.CONFLICT, "The tenant's limit is reached");

    /** More devices than are registered at the same moment. */
    private static final int AT_ONCE = 10_000;

    private static final long UNLIMITED = -1;

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Tenants(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /**
     * Makes sure that a tenant exists and goes on existing until the transaction ends.
     *
     * @throws ProblemException if there is none
     */
    public void hold(TenantId tenant) {
        maxDevices(tenant);
    }

    /**
     * Makes sure that a tenant exists, goes on existing until the transaction ends, and may have so many devices more. Short of its
     * limit, those who ask wait for each other, so that several at once do not pass it together.
     *
     * @throws ProblemException if there is no such tenant, or if it may have no more
     */
    public void requireRoom(TenantId tenant, int more) {
        long limit = maxDevices(tenant);
        if (limit == UNLIMITED || devices(tenant) + more <= limit - AT_ONCE) {
            return;
        }
        jdbc.sql("SELECT id FROM tenant WHERE id = ? FOR NO KEY UPDATE")
                .param(tenant.value())
                .query(String.class)
                .single();
        if (devices(tenant) + more > limit) {
            throw new ProblemException(LIMIT, "The tenant has as many devices as it may have: " + limit + ".");
        }
    }

    private long maxDevices(TenantId tenant) {
        return jdbc.sql("SELECT COALESCE(max_devices, ?) FROM tenant WHERE id = ? FOR KEY SHARE")
                .params(UNLIMITED, tenant.value())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> notFound(tenant));
    }

    /**
     * What a tenant uses now, and may use.
     *
     * @throws ProblemException if there is none
     */
    public Account account(TenantId tenant) {
        return new Account(devices(tenant), connections(tenant), get(tenant).limits());
    }

    /** How many devices a tenant has. */
    long devices(TenantId tenant) {
        return jdbc.sql("SELECT COALESCE(sum(devices), 0) FROM device_count WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** How many devices of a tenant are connected. */
    long connections(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM presence WHERE tenant = ? AND connected")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** The problem of a tenant that does not exist. */
    static ProblemException notFound(TenantId tenant) {
        return new ProblemException(NOT_FOUND, "There is no tenant " + tenant + ".");
    }

    Tenant get(TenantId id) {
        return Optional.ofNullable(entities.find(Tenant.class, id.value())).orElseThrow(() -> notFound(id));
    }

    /**
     * Keeps others from making or deleting a tenant of this name until the transaction ends. A row that does not exist cannot
     * be locked, hence an advisory lock.
     */
    void reserve(TenantId id) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(id.value())
                .query((_, _) -> true)
                .single();
    }

    /** Whether there was a tenant of this name that has been deleted. */
    boolean isRetired(TenantId id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM deleted_tenant WHERE id = ?)")
                .param(id.value())
                .query(Boolean.class)
                .single();
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

    /** Removes a tenant and retires its name. */
    void remove(Tenant tenant) {
        entities.remove(tenant);
        entities.flush();
        jdbc.sql("INSERT INTO deleted_tenant (id) VALUES (?)")
                .param(tenant.id())
                .update();
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }
}
