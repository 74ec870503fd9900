package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.provisioning.registration.RegistrationStatus;
import io.warren.provisioning.registration.Registrations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far a device's registration is, for whoever knows its id. */
@Component
class RegistrationProgress {

    private final Registrations registrations;
    private final RetryTimes retries;

    RegistrationProgress(Registrations registrations, RetryTimes retries) {
        this.registrations = registrations;
        this.retries = retries;
    }

    Progress of(UUID id) {
        RegistrationStatus status = registrations.status(id);
        return new Progress(
                id, status, status.isWaiting() ? retries.whilePending().toSeconds() : null);
    }

    /**
     * Where a registration is.
     *
     * @param retryAfterSeconds when to ask again; absent if nothing changes by itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            UUID registrationId,
            RegistrationStatus status,
            @Nullable Long retryAfterSeconds) {}
}
