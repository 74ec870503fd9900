package io.warren.registry.device;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.Columns;
import io.warren.registry.RegistryProblems;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All devices. */
@Repository
@Transactional(readOnly = true)
public class Devices {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Gateways gateways;

    Devices(EntityManager entities, JdbcClient jdbc, Gateways gateways) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.gateways = gateways;
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
     * Makes sure that many devices of a tenant go on existing, unchanged, until the transaction ends.
     *
     * @return those that exist, each with its type
     */
    public Map<DeviceId, String> holdAll(TenantId tenant, Collection<DeviceId> ids) {
        return lock(tenant, ids).entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        device -> device.getValue().description().type()));
    }

    /**
     * Makes sure that a device exists.
     *
     * @throws ProblemException if the tenant has no such device
     */
    public void require(DeviceAddress address) {
        get(address);
    }

    /**
     * Whether a device may connect.
     *
     * @throws ProblemException if the tenant has no such device
     */
    public boolean isEnabled(DeviceAddress address) {
        return get(address).enabled();
    }

    Device get(DeviceAddress address) {
        return Optional.ofNullable(entities.find(Device.class, DeviceKey.of(address)))
                .orElseThrow(() -> RegistryProblems.deviceNotFound(address));
    }

    Optional<Device> lock(DeviceAddress address) {
        return Optional.ofNullable(entities.find(Device.class, DeviceKey.of(address), LockModeType.PESSIMISTIC_WRITE));
    }

    /** The devices that there are of those asked for, locked in the order of their ids, so that no two wait for each other. */
    Map<DeviceId, Device> lock(TenantId tenant, Collection<DeviceId> ids) {
        return entities
                .unwrap(Session.class)
                .createNativeQuery("""
                        SELECT * FROM device WHERE tenant = :tenant AND id = ANY(CAST(:ids AS text[]))
                        ORDER BY id FOR NO KEY UPDATE""", Device.class)
                .setParameter("tenant", tenant.value())
                .setParameter("ids", ids.stream().map(DeviceId::value).toArray(String[]::new))
                .stream()
                .collect(toMap(device -> device.address().device(), device -> device));
    }

    /**
     * The devices that there are of those described, locked together with the gateway devices that they are to sit behind: all in
     * the order of their ids, so that no two wait for each other.
     */
    Map<DeviceId, Device> lock(TenantId tenant, Map<DeviceId, DeviceDescription> descriptions) {
        Set<DeviceId> all = new HashSet<>(descriptions.keySet());
        for (DeviceDescription description : descriptions.values()) {
            DeviceId gateway = description.gateway();
            if (gateway != null) {
                all.add(gateway);
            }
        }
        Map<DeviceId, Device> locked = new HashMap<>(lock(tenant, all));
        locked.keySet().retainAll(descriptions.keySet());
        return locked;
    }

    /**
     * What is said of a device at this moment. That may be something else when it is locked, by which it is read anew.
     *
     * @throws ProblemException if the tenant has no such device
     */
    DeviceDescription glance(DeviceAddress address) {
        Device device = get(address);
        entities.detach(device);
        return device.description();
    }

    /** The same of some of a tenant's devices; those that do not exist are left out. */
    Map<DeviceId, DeviceDescription> glance(TenantId tenant, Collection<DeviceId> ids) {
        Map<DeviceId, DeviceDescription> glanced = new HashMap<>();
        all(tenant, ids).forEach((id, device) -> {
            entities.detach(device);
            glanced.put(id, device.description());
        });
        return glanced;
    }

    /**
     * Keeps others from making or deleting a device of this address until the transaction ends. A row that does not exist
     * cannot be locked, hence an advisory lock.
     */
    void reserve(DeviceAddress address) {
        reserve(address.tenant(), Set.of(address.device()));
    }

    /** The same for some dozens of a tenant's addresses; in the order of the locks' numbers, so that no two wait for each other. */
    void reserve(TenantId tenant, Collection<DeviceId> ids) {
        jdbc.sql("""
                        WITH all_of_them AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0)))
                        SELECT pg_advisory_xact_lock(number) FROM all_of_them,
                            (SELECT DISTINCT hashtextextended(address, 0) AS number FROM unnest(?) AS address ORDER BY 1)""")
                .param(allOf(tenant))
                .param(Columns.of(ids, id -> new DeviceAddress(tenant, id)))
                .query((_, _) -> true)
                .list();
    }

    /**
     * Keeps others from making or deleting any device of a tenant until the transaction ends: one lock, where one for each of many
     * addresses would fill the server's table of locks.
     */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(allOf(tenant))
                .query((_, _) -> true)
                .single();
    }

    /** The name of the lock on all addresses of a tenant: with no device in it, it is no address, and it is no tenant. */
    private static String allOf(TenantId tenant) {
        return "@" + tenant;
    }

    /** Some of a tenant's devices; those that do not exist are left out. */
    Map<DeviceId, Device> all(TenantId tenant, Collection<DeviceId> ids) {
        return entities.createQuery(
                        "SELECT d FROM Device d WHERE d.key.tenant = :tenant AND d.key.id IN :ids", Device.class)
                .setParameter("tenant", tenant.value())
                .setParameter("ids", ids.stream().map(DeviceId::value).toList())
                .getResultStream()
                .collect(toMap(device -> device.address().device(), device -> device));
    }

    /** Adds devices; throws a {@link ProblemException} if one cannot sit behind the gateway that it is said to. */
    void add(Collection<Device> devices) {
        devices.forEach(entities::persist);
        write(devices);
    }

    /** Removes a device, with its credentials and history, and remembers the version it leaves with. */
    void remove(Device device, long lastVersion) {
        gateways.requireNothingBehind(device.address());
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

    /** The versions that the last devices of these addresses left with; without those that never had a device. */
    Map<DeviceId, Long> lastVersions(TenantId tenant, Collection<DeviceId> ids) {
        return jdbc
                .sql("SELECT id, version FROM deleted_device WHERE tenant = ? AND id = ANY(?)")
                .param(tenant.value())
                .param(Columns.of(ids, DeviceId::value))
                .query((row, _) -> Map.entry(new DeviceId(row.getString("id")), row.getLong("version")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Writes what has changed of devices, so that versions are the new ones.
     *
     * @param moved those that sit behind another gateway than before; where nothing changes, nothing is to be checked or locked
     * @throws ProblemException if one cannot sit behind the gateway that it is said to
     */
    void write(Collection<Device> moved) {
        entities.flush();
        gateways.check(moved);
    }
}
