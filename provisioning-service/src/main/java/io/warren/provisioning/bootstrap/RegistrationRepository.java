package io.warren.provisioning.bootstrap;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface RegistrationRepository extends JpaRepository<Registration, UUID> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT r FROM Registration r WHERE r.id = :id")
    Optional<Registration> lockById(UUID id);

    /** What a device tried last with the token of an enrolment. It is locked, because an answer to that may be arriving. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            SELECT r FROM Registration r
            WHERE r.tenant = :tenant AND r.deviceId = :deviceId AND r.enrollmentId = :enrollment
            ORDER BY r.createdAt DESC, r.id
            LIMIT 1""")
    Optional<Registration> lockNewest(String tenant, String deviceId, String enrollment);

    /** The tenant's attempts, newest first, behind a place in that order. */
    @Query("""
            SELECT r FROM Registration r
            WHERE r.tenant = :tenant
              AND (r.createdAt < :createdAt OR (r.createdAt = :createdAt AND r.id > :id))
            ORDER BY r.createdAt DESC, r.id""")
    List<Registration> findBehind(String tenant, Instant createdAt, UUID id, Limit limit);

    @Modifying
    @Query("""
            DELETE FROM Registration r
            WHERE r.outcome = io.warren.provisioning.bootstrap.Registration$Outcome.REFUSED AND r.updatedAt < :before""")
    int deleteRefusedBefore(Instant before);
}
