package io.warren.registry.wakechannel;

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

/** All wake-up channels. */
@Repository
@Transactional(readOnly = true)
class WakeUpChannels {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("wake-up-channel-not-found", HttpStatus.NOT_FOUND, "No such wake-up channel");

    private final EntityManager entities;
    private final JdbcClient jdbc;

    WakeUpChannels(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    Optional<WakeUpChannel> find(TenantId tenant, String id) {
        return Optional.ofNullable(entities.find(WakeUpChannel.class, WakeUpChannelKey.of(tenant, id)));
    }

    WakeUpChannel get(TenantId tenant, String id) {
        return find(tenant, id).orElseThrow(() -> notFound(id));
    }

    Optional<WakeUpChannel> lock(TenantId tenant, String id) {
        return Optional.ofNullable(
                entities.find(WakeUpChannel.class, WakeUpChannelKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Keeps others from making or deleting channels of a tenant until the transaction ends: there are few, and it bounds how
     * many.
     */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 2))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    long count(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM wake_up_channel WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    List<WakeUpChannel> after(TenantId tenant, String id, int limit) {
        return entities.createQuery(
                        "SELECT c FROM WakeUpChannel c WHERE c.key.tenant = :tenant AND c.key.id > :id ORDER BY c.key.id",
                        WakeUpChannel.class)
                .setParameter("tenant", tenant.value())
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    void add(WakeUpChannel channel) {
        entities.persist(channel);
        entities.flush();
    }

    void remove(WakeUpChannel channel) {
        entities.remove(channel);
        entities.flush();
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }

    static ProblemException notFound(String id) {
        return new ProblemException(NOT_FOUND, "There is no wake-up channel " + id + ".");
    }
}
