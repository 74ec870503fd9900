package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.web.NewestFirst;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All commands. */
@Repository
@Transactional(readOnly = true)
class Commands {

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Commands(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    void add(Command command) {
        entities.persist(command);
        entities.flush();
    }

    Optional<Command> find(DeviceAddress address, UUID id) {
        return one(address, id, LockModeType.NONE);
    }

    Optional<Command> lock(DeviceAddress address, UUID id) {
        return one(address, id, LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<Command> byIdempotencyKey(DeviceAddress address, String key) {
        return entities
                .createQuery(
                        "SELECT c FROM Command c WHERE c.tenant = :tenant AND c.device = :device"
                                + " AND c.idempotencyKey = :key",
                        Command.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setParameter("key", key)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** A device's commands, the newest first, after the one that {@code before} and {@code id} name. */
    List<Command> of(DeviceAddress address, NewestFirst<UUID> behind, int limit) {
        return entities.createQuery("""
                        SELECT c FROM Command c WHERE c.tenant = :tenant AND c.device = :device
                          AND (c.createdAt < :before OR (c.createdAt = :before AND c.id < :id))
                        ORDER BY c.createdAt DESC, c.id DESC""", Command.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setParameter("before", behind.createdAt())
                .setParameter("id", behind.id())
                .setMaxResults(limit)
                .getResultList();
    }

    /** How many commands of a device have not ended. */
    long unfinished(DeviceAddress address) {
        return jdbc.sql("""
                        SELECT count(*) FROM command
                        WHERE tenant = ? AND device = ? AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'RUNNING')""")
                .params(address.tenant().value(), address.device().value())
                .query(Long.class)
                .single();
    }

    /** Has all that some devices have not answered sent again; answers how many. */
    @Transactional
    int sendAgain(Set<DeviceAddress> addresses, Instant now) {
        return jdbc.sql("""
                        UPDATE command SET send_at = ?
                        FROM unnest(?, ?) AS connected (tenant, device)
                        WHERE command.tenant = connected.tenant AND command.device = connected.device
                          AND state IN ('QUEUED', 'SENT') AND expires_at > ?""")
                .param(Timestamp.from(now))
                .param(addresses.stream()
                        .map(address -> address.tenant().value())
                        .toArray(String[]::new))
                .param(addresses.stream()
                        .map(address -> address.device().value())
                        .toArray(String[]::new))
                .param(Timestamp.from(now))
                .update();
    }

    /**
     * Takes commands that are to be sent. Each is due again after {@code lease}, should its taker die.
     */
    @Transactional
    List<Due> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        UPDATE command SET send_at = :until
                        WHERE id IN (SELECT id FROM command WHERE send_at <= :now
                                     ORDER BY send_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        RETURNING id, tenant, device, name, args::text AS args, created_at, expires_at, send_at""")
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> new Due(
                        row.getObject("id", UUID.class),
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                        row.getString("name"),
                        row.getString("args"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getTimestamp("send_at").toInstant()))
                .list();
    }

    /**
     * Some commands whose time is over; locked, and passing over what another replica is at.
     *
     * @param acceptedBefore when the time of those must have been over that the device has accepted
     */
    @Transactional
    List<Command> lockExpired(Instant now, Instant acceptedBefore, int limit) {
        List<UUID> ids = jdbc.sql("""
                        SELECT id FROM command
                        WHERE state IN ('QUEUED', 'SENT') AND expires_at <= ?
                           OR state IN ('ACCEPTED', 'RUNNING') AND expires_at <= ?
                        ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED""")
                .params(Timestamp.from(now), Timestamp.from(acceptedBefore), limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        return ids.stream().map(id -> entities.find(Command.class, id)).toList();
    }

    @Transactional
    int forgetFinishedBefore(Instant time) {
        return jdbc.sql("DELETE FROM command WHERE finished_at < ?")
                .param(Timestamp.from(time))
                .update();
    }

    private Optional<Command> one(DeviceAddress address, UUID id, LockModeType lock) {
        return entities
                .createQuery(
                        "SELECT c FROM Command c WHERE c.id = :id AND c.tenant = :tenant AND c.device = :device",
                        Command.class)
                .setParameter("id", id)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setLockMode(lock)
                .getResultList()
                .stream()
                .findFirst();
    }

    /**
     * A command that is to be sent.
     *
     * @param args its arguments as JSON, if it has any
     * @param lease when it is due again, unless its taker says what became of it
     */
    record Due(
            UUID id,
            DeviceAddress address,
            String name,
            @Nullable String args,
            Instant createdAt,
            Instant expiresAt,
            Instant lease) {}
}
