package io.warren.registry.group;

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

/** All groups. */
@Repository
@Transactional(readOnly = true)
class Groups {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("group-not-found", HttpStatus.NOT_FOUND, "No such group");

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Groups(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    DeviceGroup get(TenantId tenant, String id) {
        return Optional.ofNullable(entities.find(DeviceGroup.class, GroupKey.of(tenant, id)))
                .orElseThrow(() -> notFound(id));
    }

    Optional<DeviceGroup> lock(TenantId tenant, String id) {
        return Optional.ofNullable(
                entities.find(DeviceGroup.class, GroupKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Keeps others from making or deleting groups of a tenant until the transaction ends, so that they can be counted. A row that
     * does not exist cannot be locked, hence an advisory lock.
     */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 2))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    long count(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM device_group WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** The version that the last group of this id left with; 0 if there was none. */
    long lastVersion(TenantId tenant, String id) {
        return jdbc.sql("SELECT version FROM deleted_group WHERE tenant = ? AND id = ?")
                .params(tenant.value(), id)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    List<DeviceGroup> after(TenantId tenant, String id, int limit) {
        return entities.createQuery(
                        "SELECT g FROM DeviceGroup g WHERE g.key.tenant = :tenant AND g.key.id > :id ORDER BY g.key.id",
                        DeviceGroup.class)
                .setParameter("tenant", tenant.value())
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    void add(DeviceGroup group) {
        entities.persist(group);
        entities.flush();
    }

    /** Removes a group, and remembers the version it leaves with. */
    void remove(DeviceGroup group, long lastVersion) {
        entities.remove(group);
        entities.flush();
        jdbc.sql("""
                        INSERT INTO deleted_group (tenant, id, version) VALUES (?, ?, ?)
                        ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version""").params(group.tenant().value(), group.id(), lastVersion).update();
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }

    static ProblemException notFound(String id) {
        return new ProblemException(NOT_FOUND, "There is no group " + id + ".");
    }
}
