package io.warren.firmware.artifact;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface ArtifactRepository extends JpaRepository<Artifact, UUID> {

    /** The tenant's artifacts, newest first, behind a place in that order. */
    @Query("""
            SELECT a FROM Artifact a
            WHERE a.tenant = :tenant
              AND (a.createdAt < :createdAt OR (a.createdAt = :createdAt AND a.id > :id))
            ORDER BY a.createdAt DESC, a.id""")
    List<Artifact> findBehind(String tenant, Instant createdAt, UUID id, Limit limit);

    /** Fails when a release refers to it. */
    @Modifying
    @Transactional
    @Query("DELETE FROM Artifact a WHERE a.id = :id AND a.tenant = :tenant")
    int delete(String tenant, UUID id);
}
