package io.warren.provisioning.certificate;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface CertificateRepository extends JpaRepository<Certificate, String> {

    /** Until the end of the transaction nobody else issues for this device. */
    @Query(value = "SELECT count(*) FROM pg_advisory_xact_lock(hashtextextended(:device, 0))", nativeQuery = true)
    long hold(String device);

    /** The newest certificate of a device for a key that is neither revoked nor over. */
    @Query("""
            SELECT c FROM Certificate c
            WHERE c.tenant = :tenant AND c.deviceId = :deviceId AND c.keySha256 = :key
              AND c.revokedAt IS NULL AND c.expiresAt > :now
            ORDER BY c.issuedAt DESC, c.serial
            LIMIT 1""")
    Optional<Certificate> findGood(String tenant, String deviceId, byte[] key, Instant now);

    /** When the newest but so many of a device was issued. */
    @Query("""
            SELECT c.issuedAt FROM Certificate c
            WHERE c.tenant = :tenant AND c.deviceId = :deviceId
            ORDER BY c.issuedAt DESC
            LIMIT 1 OFFSET :newer""")
    Optional<Instant> findIssuedBehind(String tenant, String deviceId, int newer);

    /** Unless it was admitted for another request, by whose answer the device has it. */
    @Modifying
    @Query("""
            UPDATE Certificate c SET c.withheldAt = :now
            WHERE c.serial = :serial AND c.revokedAt IS NULL AND c.admittedAt IS NULL""")
    int withhold(String serial, Instant now);

    /** Of several answers the latest counts, in whatever order they are heard. */
    @Modifying
    @Query(value = """
            UPDATE certificate SET admitted_at = greatest(admitted_at, :admittedAt), withheld_at = NULL
            WHERE serial = :serial AND revoked_at IS NULL""", nativeQuery = true)
    int confirm(String serial, Instant admittedAt);

    @Query("""
            SELECT count(c) > 0 FROM Certificate c
            WHERE c.keySha256 = :key
              AND c.reason = io.warren.provisioning.certificate.RevocationReason.KEY_COMPROMISE""")
    boolean isCompromised(byte[] key);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT c FROM Certificate c WHERE c.serial = :serial")
    Optional<Certificate> lockBySerial(String serial);

    /** Those of a device that are good. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            SELECT c FROM Certificate c
            WHERE c.tenant = :tenant AND c.deviceId = :deviceId AND c.revokedAt IS NULL AND c.expiresAt > :now
            ORDER BY c.serial""")
    List<Certificate> lockGood(String tenant, String deviceId, Instant now);

    /** Those that come to their end and were not looked at; two replicas do not get the same. */
    @Query(value = """
            SELECT * FROM certificate
            WHERE warn_at <= :now AND warned_at IS NULL AND revoked_at IS NULL AND withheld_at IS NULL
            ORDER BY warn_at LIMIT :limit FOR UPDATE SKIP LOCKED""", nativeQuery = true)
    List<Certificate> lockEnding(Instant now, int limit);

    /** Whether the same device has a certificate that is good and was issued later. */
    @Query("""
            SELECT count(c) > 0 FROM Certificate c
            WHERE c.tenant = :tenant AND c.deviceId = :deviceId AND c.issuedAt > :issuedAt
              AND c.revokedAt IS NULL AND c.withheldAt IS NULL AND c.expiresAt > :now""")
    boolean existsLater(String tenant, String deviceId, Instant issuedAt, Instant now);

    @Query("""
            SELECT count(c) FROM Certificate c
            WHERE c.expiresAt > :now AND c.revokedAt IS NULL AND c.withheldAt IS NULL""")
    long countGood(Instant now);

    /** Those that come to their end while their devices have none that was issued later. */
    @Query("""
            SELECT count(c) FROM Certificate c
            WHERE c.warnAt <= :now AND c.expiresAt > :now AND c.revokedAt IS NULL AND c.withheldAt IS NULL
              AND NOT EXISTS (SELECT 1 FROM Certificate l
                              WHERE l.tenant = c.tenant AND l.deviceId = c.deviceId AND l.issuedAt > c.issuedAt
                                AND l.revokedAt IS NULL AND l.withheldAt IS NULL AND l.expiresAt > :now)""")
    long countEnding(Instant now);

    @Query("SELECT count(c) FROM Certificate c WHERE c.expiresAt > :now AND c.revokedAt IS NOT NULL")
    long countRevoked(Instant now);

    /** The tenant's certificates, newest first, behind a place in that order. */
    @Query("""
            SELECT c FROM Certificate c
            WHERE c.tenant = :tenant AND c.withheldAt IS NULL
              AND (c.issuedAt < :issuedAt OR (c.issuedAt = :issuedAt AND c.serial > :serial))
              AND (:anyDevice = true OR c.deviceId = :deviceId)
              AND (:revoked = true OR c.revokedAt IS NULL) AND (:others = true OR c.revokedAt IS NOT NULL)
              AND c.expiresAt > :after AND c.expiresAt <= :before
            ORDER BY c.issuedAt DESC, c.serial""")
    List<Certificate> findBehind(
            String tenant,
            Instant issuedAt,
            String serial,
            boolean anyDevice,
            String deviceId,
            boolean revoked,
            boolean others,
            Instant after,
            Instant before,
            Limit limit);

    /**
     * Forgets what ended long ago, and what nobody was given, unless it is on a revocation list until it ends; a key that others may know
     * is remembered.
     */
    @Modifying
    @Query("""
            DELETE FROM Certificate c
            WHERE (c.expiresAt < :endedBefore OR (c.withheldAt < :withheldBefore AND c.revokedAt IS NULL))
              AND (c.reason IS NULL
                   OR c.reason <> io.warren.provisioning.certificate.RevocationReason.KEY_COMPROMISE)""")
    int forget(Instant endedBefore, Instant withheldBefore);
}
