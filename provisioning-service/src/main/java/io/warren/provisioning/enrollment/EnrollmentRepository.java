package io.warren.provisioning.enrollment;

import io.warren.provisioning.attestation.AttestationKind;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

interface EnrollmentRepository extends JpaRepository<Enrollment, EnrollmentKey> {

    Optional<Enrollment> findByTokenSha256(byte[] hash);

    /** The enrolment of a device and a kind other than claim tokens; one that was revoked is none. */
    @Query("""
            SELECT e FROM Enrollment e
            WHERE e.key.tenant = :tenant AND e.deviceId = :device AND e.attestation = :kind AND e.revokedAt IS NULL""")
    Optional<Enrollment> findByDevice(String tenant, String device, AttestationKind kind);

    /** The enrolments of a certificate: the one that is in force, then those that were revoked. */
    @Query("""
            SELECT e FROM Enrollment e
            WHERE e.key.tenant = :tenant AND e.certificateSha256 = :sha256
            ORDER BY e.revokedAt DESC NULLS FIRST""")
    Optional<Enrollment> findByCertificate(String tenant, byte[] sha256, Limit first);

    /** Takes the claim tokens of a group back, some behind an id; returns the id that it has come to. */
    @Query(nativeQuery = true, value = """
                    WITH part AS (
                        SELECT id FROM enrollment WHERE tenant = :tenant AND group_id = :group AND id > :after
                        ORDER BY id LIMIT :most),
                    revoked AS (
                        UPDATE enrollment e SET revoked_at = :now, version = e.version + 1 FROM part
                        WHERE e.tenant = :tenant AND e.id = part.id AND e.revoked_at IS NULL)
                    SELECT max(id) FROM part""")
    Optional<String> revokeSome(String tenant, String group, String after, int most, Instant now);

    List<Enrollment> findByTokenSha256In(Collection<byte[]> hashes);

    /** The claim tokens of a group, to be read one after the other and closed. */
    @QueryHints(@QueryHint(name = HibernateHints.HINT_FETCH_SIZE, value = "500"))
    @Query(
            "SELECT e FROM Enrollment e WHERE e.key.tenant = :tenant AND e.groupId = :group ORDER BY e.createdAt, e.key.id")
    Stream<Enrollment> streamOfGroup(String tenant, String group);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT e FROM Enrollment e WHERE e.key = :key")
    Optional<Enrollment> lockByKey(EnrollmentKey key);

    /** The tenant's enrolments, newest first, behind a place in that order. */
    @Query("""
            SELECT e FROM Enrollment e
            WHERE e.key.tenant = :tenant
              AND (e.createdAt < :createdAt OR (e.createdAt = :createdAt AND e.key.id > :id))
            ORDER BY e.createdAt DESC, e.key.id""")
    List<Enrollment> findBehind(String tenant, Instant createdAt, String id, Limit limit);
}
