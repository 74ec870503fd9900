package io.warren.provisioning.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device's way in as integrators see it.
 *
 * @param registrationId what the device calls itself
 * @param deviceId what it is called here, or would be
 * @param enrollmentId the enrolment that it came through, or tried to; absent for a group and for a proof that led nowhere
 * @param groupId the enrolment group that it came through, or tried to
 * @param address where the first attempt came from
 * @param reason why it was turned away
 * @param takesOver the device that it is to take over from another board; absent if it takes over none
 * @param platform the installation that it was sent to
 * @param attempts how often the device asked
 * @param generation grows with each change of what is to be decided on
 * @param registeredAt when it got its identity last
 * @param approvedAt when a person agreed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegistrationView(
        UUID id,
        String registrationId,
        String deviceId,
        @Nullable String enrollmentId,
        @Nullable String groupId,
        Map<String, String> identifiers,
        @Nullable String hardwareVersion,
        @Nullable String firmwareVersion,
        @Nullable String address,
        RegistrationStatus status,
        @Nullable String reason,
        @Nullable String takesOver,
        @Nullable String platform,
        int attempts,
        int generation,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant registeredAt,
        @Nullable Instant approvedAt) {}
