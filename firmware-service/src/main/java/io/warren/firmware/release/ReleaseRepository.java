package io.warren.firmware.release;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ReleaseRepository extends JpaRepository<Release, ReleaseKey> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT r FROM Release r WHERE r.key = :key")
    Optional<Release> lockByKey(ReleaseKey key);

    /** The tenant's releases, newest first, behind a place in that order. */
    @Query("""
            SELECT r FROM Release r
            WHERE r.key.tenant = :tenant
              AND (r.createdAt < :createdAt OR (r.createdAt = :createdAt AND r.key.id > :id))
            ORDER BY r.createdAt DESC, r.key.id""")
    List<Release> findBehind(String tenant, Instant createdAt, String id, Limit limit);
}
