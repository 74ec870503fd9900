package io.warren.provisioning.enrollmentgroup;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface EnrollmentGroupRepository extends JpaRepository<EnrollmentGroup, EnrollmentGroupKey> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT g FROM EnrollmentGroup g WHERE g.key = :key")
    Optional<EnrollmentGroup> lockByKey(EnrollmentGroupKey key);

    @Query("SELECT g FROM EnrollmentGroup g WHERE g.key.tenant = :tenant AND g.key.id > :after ORDER BY g.key.id")
    List<EnrollmentGroup> findBehind(String tenant, String after, Limit limit);

    @Query("SELECT count(g) FROM EnrollmentGroup g WHERE g.key.tenant = :tenant")
    long countByTenant(String tenant);

    /** Nobody counts the places of a group without a quota; when it gets one they are counted anew. */
    @Modifying
    @Query(nativeQuery = true, value = "DELETE FROM enrollment_group_places WHERE tenant = :tenant AND group_id = :id")
    void forgetPlaces(String tenant, String id);

    /** The groups that devices of a certificate authority come through, in the order of their ids. */
    @Query(nativeQuery = true, value = """
                    SELECT * FROM enrollment_group
                    WHERE tenant = :tenant AND kind = 'X509'
                      AND jsonb_exists(attestation -> 'certificateAuthorities', :authority)
                    ORDER BY id LIMIT 2""")
    List<EnrollmentGroup> findByAuthority(String tenant, String authority);

    /** The ids of groups with a manifest whose elements may show certificates of an authority. */
    @Query(nativeQuery = true, value = """
                    SELECT id FROM enrollment_group
                    WHERE tenant = :tenant AND kind = 'MANIFEST'
                      AND jsonb_exists(attestation -> 'certificateAuthorities', :authority)
                    ORDER BY id""")
    List<String> findManifestsByAuthority(String tenant, String authority);
}
