package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.RegistryProblems;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All devices. */
@Repository
@Transactional(readOnly = true)
public class Devices {

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Devices(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /**
     * Makes sure that a device exists and goes on existing, unchanged, until the transaction ends.
     *
     * @throws ProblemException if the tenant has no such device
     */
    public void hold(DeviceAddress address) {
        if (lock(address).isEmpty()) {
            throw RegistryProblems.deviceNotFound(address);
        }
    }

    /**
     * Makes sure that a device exists.
     *
     * @throws ProblemException if the tenant has no such device
     */
    public void require(DeviceAddress address) {
        get(address);
    }

    Device get(DeviceAddress address) {
        return Optional.ofNullable(entities.find(Device.class, DeviceKey.of(address)))
                .orElseThrow(() -> RegistryProblems.deviceNotFound(address));
    }

    Optional<Device> lock(DeviceAddress address) {
        return Optional.ofNullable(entities.find(Device.class, DeviceKey.of(address), LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Keeps others from making or deleting a device of this address until the transaction ends. A row that does not exist
     * cannot be locked, hence an advisory lock.
     */
    void reserve(DeviceAddress address) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(address.toString())
                .query((_, _) -> true)
                .single();
    }

    List<Device> after(TenantId tenant, String id, int limit) {
        return entities.createQuery(
                        "SELECT d FROM Device d WHERE d.key.tenant = :tenant AND d.key.id > :id ORDER BY d.key.id",
                        Device.class)
                .setParameter("tenant", tenant.value())
                .setParameter("id", id)
                .setMaxResults(limit)
                .getResultList();
    }

    void add(Device device) {
        entities.persist(device);
        entities.flush();
    }

    /** Removes a device, with its credentials and history, and remembers the version it leaves with. */
    void remove(Device device, long lastVersion) {
        entities.remove(device);
        entities.flush();
        jdbc.sql("""
                        INSERT INTO deleted_device (tenant, id, version) VALUES (?, ?, ?)
                        ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version""")
                .params(
                        device.address().tenant().value(),
                        device.address().device().value(),
                        lastVersion)
                .update();
    }

    /** The version that the last device of this address left with; 0 if there was none. */
    long lastVersion(DeviceAddress address) {
        return jdbc.sql("SELECT version FROM deleted_device WHERE tenant = ? AND id = ?")
                .params(address.tenant().value(), address.device().value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        entities.flush();
    }
}
