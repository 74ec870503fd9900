package io.warren.provisioning.registration;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface RegistrationRepository extends JpaRepository<Registration, UUID>, JpaSpecificationExecutor<Registration> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("SELECT r FROM Registration r WHERE r.id = :id")
    Optional<Registration> lockById(UUID id);

    /**
     * The row of a device and a door, made if it is not there, and locked, because an answer to an earlier attempt may be arriving.
     * One statement for both: it is what every device that bootstraps costs.
     *
     * @param device what the device is called unless something is decided
     * @param registrationId what it calls itself
     * @param board what tells its board from others
     * @param live whether it is the row of its way in, or that of the attempts turned away beside it
     * @param identifiers JSON
     */
    @Query(nativeQuery = true, value = """
                    INSERT INTO registration (
                        id, version, tenant, device_id, registration_id, enrollment_id, board, live, identifiers, hardware_version,
                        firmware_version, address, outcome, reason, attempts, generation, mode, admitted, created_at, updated_at)
                    VALUES (
                        gen_random_uuid(), 0, :tenant, :device, :registrationId, :door, :board, :live, CAST(:identifiers AS jsonb),
                        :hardwareVersion, :firmwareVersion, :address, :status, :reason, 1, 0, 'ENROL', :live, :now, :now)
                    ON CONFLICT (tenant, enrollment_id, registration_id, live) DO UPDATE
                    SET attempts = registration.attempts + 1, version = registration.version + 1, updated_at = :now
                    RETURNING *""")
    Registration open(
            String tenant,
            String device,
            String registrationId,
            @Nullable String door,
            @Nullable String board,
            boolean live,
            String identifiers,
            @Nullable String hardwareVersion,
            @Nullable String firmwareVersion,
            @Nullable String address,
            String status,
            @Nullable String reason,
            Instant now);

    /** Whether there is a row of attempts that were turned away. */
    @Query("""
            SELECT count(r) > 0 FROM Registration r
            WHERE r.tenant = :tenant AND r.door = :door AND r.registrationId = :registrationId AND NOT r.live""")
    boolean isTurnedAwayAgain(String tenant, @Nullable String door, String registrationId);

    @Query("SELECT count(r) FROM Registration r WHERE r.tenant = :tenant AND r.door = :door AND r.status = :status")
    long count(String tenant, String door, RegistrationStatus status);

    @Query("""
            SELECT CAST(count(r) AS Integer) FROM Registration r
            WHERE r.tenant = :tenant AND r.door = :door AND r.live AND r.admitted AND r.id <> :registration""")
    int countAdmittedBeside(String tenant, String door, UUID registration);

    /**
     * Ends what a door has granted, and what waits there, for some behind a registration id: whoever comes through another of that name is
     * decided on anew. A board that another one was to replace is there again; who is registered stays registered.
     *
     * @return the registration id that it has come to
     */
    @Query(nativeQuery = true, value = """
                    WITH part AS (
                        SELECT id, registration_id FROM registration
                        WHERE tenant = :tenant AND enrollment_id = :door AND live AND registration_id > :after
                        ORDER BY registration_id LIMIT :most),
                    ended AS (
                        UPDATE registration r
                        SET admitted = false, approved_at = NULL, denied_at = NULL, denied = NULL, mode = 'ENROL',
                            identifiers = COALESCE(replaced, identifiers), replaced = NULL,
                            board = CASE WHEN replaced IS NULL THEN board ELSE replaced_board END, replaced_board = NULL,
                            platform = NULL, platform_url = NULL,
                            outcome = CASE WHEN outcome = 'REGISTERED' OR (outcome LIKE 'PENDING%' AND registered_at IS NOT NULL)
                                           THEN 'REGISTERED' ELSE 'REFUSED' END,
                            reason = CASE WHEN outcome = 'ASSIGNED' OR (outcome LIKE 'PENDING%' AND registered_at IS NULL)
                                          THEN :reason ELSE reason END,
                            generation = generation + 1, version = version + 1, updated_at = :now
                        FROM part
                        WHERE r.id = part.id
                          AND (r.admitted OR r.approved_at IS NOT NULL OR r.denied_at IS NOT NULL OR r.denied IS NOT NULL
                               OR r.platform IS NOT NULL OR r.mode <> 'ENROL' OR r.outcome NOT IN ('REGISTERED', 'REFUSED')))
                    SELECT max(registration_id) FROM part""")
    Optional<String> endSome(String tenant, String door, String after, int most, String reason, Instant now);

    @Modifying
    @Query("""
            DELETE FROM Registration r
            WHERE r.status = io.warren.provisioning.registration.RegistrationStatus.REFUSED
              AND r.deniedAt IS NULL AND r.registeredAt IS NULL AND NOT r.admitted AND r.updatedAt < :before""")
    int deleteRefusedBefore(Instant before);
}
