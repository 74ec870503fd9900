package io.warren.registry.job;

import io.warren.contracts.device.TenantId;
import io.warren.platform.web.NewestFirst;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All jobs. */
@Repository
@Transactional(readOnly = true)
class Jobs {

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Jobs(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /** Keeps others from making jobs of a tenant until the transaction ends, so that they can be counted. */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('jobs of ' || ?, 0))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    /** How many jobs of a tenant go on, or rest. */
    long unfinished(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM job WHERE tenant = ? AND finished_at IS NULL")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    void add(Job job) {
        entities.persist(job);
        entities.flush();
    }

    Optional<Job> find(TenantId tenant, UUID id) {
        return Optional.ofNullable(entities.find(Job.class, id))
                .filter(job -> job.tenant().equals(tenant));
    }

    Optional<Job> lock(UUID id) {
        return Optional.ofNullable(entities.find(Job.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<Job> byIdempotencyKey(TenantId tenant, String kind, String key) {
        return entities
                .createQuery(
                        "SELECT j FROM Job j WHERE j.tenant = :tenant AND j.kind = :kind AND j.idempotencyKey = :key",
                        Job.class)
                .setParameter("tenant", tenant.value())
                .setParameter("kind", kind)
                .setParameter("key", key)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** A tenant's jobs, the newest first. */
    List<Job> of(TenantId tenant, NewestFirst<UUID> behind, int limit) {
        return entities.createQuery("""
                        SELECT j FROM Job j WHERE j.tenant = :tenant
                          AND (j.createdAt < :before OR (j.createdAt = :before AND j.id < :id))
                        ORDER BY j.createdAt DESC, j.id DESC""", Job.class)
                .setParameter("tenant", tenant.value())
                .setParameter("before", behind.createdAt())
                .setParameter("id", behind.id())
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * Takes the job whose turn it is: of the tenant that has waited longest since one of its jobs had a turn, so that many jobs of
     * one tenant do not hold up the others'. It is due again after {@code lease}, should its taker die.
     */
    @Transactional
    Optional<Job> take(Instant now, Duration lease) {
        return jdbc.sql("""
                        UPDATE job SET worked_at = due_at, due_at = :until
                        WHERE id = (SELECT id FROM job AS due WHERE due_at <= :now
                                    ORDER BY (SELECT max(worked_at) FROM job AS other
                                              WHERE other.tenant = due.tenant AND other.due_at IS NOT NULL), due_at
                                    LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .query(UUID.class)
                .optional()
                .map(id -> entities.find(Job.class, id));
    }

    /** When the next job is due, if that is before {@code horizon}. */
    Optional<Instant> nextDue(Instant horizon) {
        return jdbc.sql("SELECT due_at FROM job WHERE due_at < ? ORDER BY due_at LIMIT 1")
                .param(Timestamp.from(horizon))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Transactional
    int forgetFinishedBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM job WHERE id = ANY (ARRAY
                            (SELECT id FROM job WHERE finished_at < ? LIMIT ?))""").params(Timestamp.from(time), limit).update();
    }
}
