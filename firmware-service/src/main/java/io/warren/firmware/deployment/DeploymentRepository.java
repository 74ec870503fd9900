package io.warren.firmware.deployment;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface DeploymentRepository extends JpaRepository<Deployment, UUID> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT d FROM Deployment d WHERE d.id = :id")
    Optional<Deployment> lockById(UUID id);

    /** The one deployment of a device that has not ended. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT d FROM Deployment d WHERE d.tenant = :tenant AND d.deviceId = :deviceId AND d.endedAt IS NULL")
    Optional<Deployment> lockActive(String tenant, String deviceId);

    @Query("SELECT count(d) > 0 FROM Deployment d WHERE d.id = :id AND d.tenant = :tenant AND d.endedAt IS NULL")
    boolean isActive(String tenant, UUID id);

    /** The device's deployments, newest first, behind a place in that order. */
    @Query("""
            SELECT d FROM Deployment d
            WHERE d.tenant = :tenant AND d.deviceId = :deviceId
              AND (d.createdAt < :createdAt OR (d.createdAt = :createdAt AND d.id > :id))
            ORDER BY d.createdAt DESC, d.id""")
    List<Deployment> findBehind(String tenant, String deviceId, Instant createdAt, UUID id, Limit limit);

    /** Those whose device is still to be told something, for longer than the usual moment. */
    @Query("SELECT d.id FROM Deployment d WHERE d.announcedAt IS NULL AND d.updatedAt < :before ORDER BY d.updatedAt")
    List<UUID> findUnannounced(Instant before, Limit limit);
}
