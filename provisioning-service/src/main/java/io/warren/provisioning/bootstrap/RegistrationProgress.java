package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.registration.RegistrationStatus;
import io.warren.provisioning.registration.Registrations;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far a device's registration is, for whoever knows its id. */
@Component
class RegistrationProgress {

    /** Anybody may ask, and each takes a connection to the database that devices need to get in. */
    private static final int MOST_AT_ONCE = 2;

    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Registrations registrations;
    private final RetryTimes retries;

    RegistrationProgress(Registrations registrations, RetryTimes retries) {
        this.registrations = registrations;
        this.retries = retries;
    }

    /**
     * Looks it up.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE}, with a time to come back, if too many ask
     */
    Progress of(UUID id) {
        RegistrationStatus status = status(id);
        return new Progress(
                id, status, status.isWaiting() ? retries.whilePending().toSeconds() : null);
    }

    private RegistrationStatus status(UUID id) {
        if (!enter()) {
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many devices ask at the moment.", retries.whileAway());
        }
        try {
            return registrations.status(id);
        } finally {
            room.release();
        }
    }

    private boolean enter() {
        try {
            return room.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
