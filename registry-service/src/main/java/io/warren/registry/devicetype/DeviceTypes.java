package io.warren.registry.devicetype;

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
import tools.jackson.databind.JsonNode;

/** All device types. A device may be of a type that nobody has described: nothing is known of it then. */
@Repository
@Transactional(readOnly = true)
public class DeviceTypes {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("device-type-not-found", HttpStatus.NOT_FOUND, "No such device type");

    private final EntityManager entities;
    private final JdbcClient jdbc;

    DeviceTypes(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /** The desired state that a new device of a type begins with, a JSON object; empty if nothing is said of it. */
    public Optional<JsonNode> defaultDesiredState(TenantId tenant, String type) {
        return find(tenant, type).map(DeviceType::description).map(DeviceTypeDescription::defaultDesiredState);
    }

    Optional<DeviceType> find(TenantId tenant, String type) {
        return Optional.ofNullable(entities.find(DeviceType.class, DeviceTypeKey.of(tenant, type)));
    }

    DeviceType get(TenantId tenant, String type) {
        return find(tenant, type).orElseThrow(() -> notFound(type));
    }

    Optional<DeviceType> lock(TenantId tenant, String type) {
        return Optional.ofNullable(
                entities.find(DeviceType.class, DeviceTypeKey.of(tenant, type), LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Keeps others from making or deleting a type of this name until the transaction ends. A row that does not exist cannot be
     * locked, hence an advisory lock.
     */
    void reserve(TenantId tenant, String type) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")
                .param(type + "@" + tenant)
                .query((_, _) -> true)
                .single();
    }

    List<DeviceType> after(TenantId tenant, String id, int limit) {
        return entities.createQuery(
                        "SELECT t FROM DeviceType t WHERE t.key.tenant = :tenant AND t.key.id > :id ORDER BY t.key.id",
                        DeviceType.class)
                .setParameter("tenant", tenant.value())
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Whether there are devices of a type. */
    boolean isInUse(TenantId tenant, String type) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM device WHERE tenant = ? AND type = ?)")
                .params(tenant.value(), type)
                .query(Boolean.class)
                .single();
    }

    /** Whether a tenant has such a wake-up channel; it goes on existing until the transaction ends. */
    @Transactional
    boolean holdWakeUpChannel(TenantId tenant, String channel) {
        return jdbc.sql("SELECT id FROM wake_up_channel WHERE tenant = ? AND id = ? FOR KEY SHARE")
                .params(tenant.value(), channel)
                .query(String.class)
                .optional()
                .isPresent();
    }

    void add(DeviceType type) {
        entities.persist(type);
        entities.flush();
    }

    /** Removes a type, and remembers the version it leaves with. */
    void remove(TenantId tenant, DeviceType type, long lastVersion) {
        entities.remove(type);
        entities.flush();
        jdbc.sql("""
                        INSERT INTO deleted_device_type (tenant, id, version) VALUES (?, ?, ?)
                        ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version""").params(tenant.value(), type.id(), lastVersion).update();
    }

    /** The version that the last type of this name left with; 0 if there was none. */
    long lastVersion(TenantId tenant, String type) {
        return jdbc.sql("SELECT version FROM deleted_device_type WHERE tenant = ? AND id = ?")
                .params(tenant.value(), type)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }

    static ProblemException notFound(String type) {
        return new ProblemException(NOT_FOUND, "There is no device type " + type + ".");
    }
}
