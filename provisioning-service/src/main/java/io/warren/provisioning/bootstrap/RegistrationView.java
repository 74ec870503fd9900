package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to bootstrap as integrators see it.
 *
 * @param enrollmentId the enrolment whose token the device showed; absent when the token was unknown
 * @param reason why it was turned away
 * @param attempts how often the device asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegistrationView(
        UUID id,
        String deviceId,
        @Nullable String enrollmentId,
        Map<String, String> identifiers,
        @Nullable String hardwareVersion,
        @Nullable String firmwareVersion,
        Registration.Outcome outcome,
        @Nullable String reason,
        int attempts,
        Instant createdAt,
        Instant updatedAt) {}
