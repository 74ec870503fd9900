package io.warren.registry.credential;

import static java.util.stream.Collectors.groupingBy;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All credentials. */
@Repository
@Transactional(readOnly = true)
class Credentials {

    private final EntityManager entities;

    Credentials(EntityManager entities) {
        this.entities = entities;
    }

    /** A device's credentials, the oldest first. */
    List<Credential> of(DeviceAddress address) {
        return entities.createQuery(
                        "SELECT c FROM Credential c WHERE c.tenant = :tenant AND c.device = :device"
                                + " ORDER BY c.createdAt, c.id",
                        Credential.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .getResultList();
    }

    /** The credentials of some of a tenant's devices, the oldest of each first; those that have none are left out. */
    Map<DeviceId, List<Credential>> of(TenantId tenant, Collection<DeviceId> devices) {
        return entities
                .unwrap(Session.class)
                .createNativeQuery("""
                        SELECT * FROM credential WHERE tenant = :tenant AND device = ANY(CAST(:devices AS text[]))
                        ORDER BY created_at, id""", Credential.class)
                .setParameter("tenant", tenant.value())
                .setParameter("devices", devices.stream().map(DeviceId::value).toArray(String[]::new))
                .stream()
                .collect(groupingBy(credential -> credential.address().device()));
    }

    /** A device's credentials of a kind, the oldest first. */
    List<Credential> of(DeviceAddress address, String kind) {
        return of(address).stream()
                .filter(credential -> credential.kind().equals(kind))
                .toList();
    }

    Optional<Credential> find(DeviceAddress address, UUID id) {
        return of(address).stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst();
    }

    /** A device's credentials of a certificate, of which there is one at the most; nobody else takes it away meanwhile. */
    List<Credential> lock(DeviceAddress address, byte[] sha256) {
        return entities.createQuery(
                        "SELECT c FROM Credential c WHERE c.tenant = :tenant AND c.device = :device"
                                + " AND c.certificateSha256 = :sha256",
                        Credential.class)
                .setParameter("tenant", address.tenant().value())
                .setParameter("device", address.device().value())
                .setParameter("sha256", sha256)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    void add(Credential credential) {
        entities.persist(credential);
    }

    void remove(Credential credential) {
        entities.remove(credential);
    }
}
