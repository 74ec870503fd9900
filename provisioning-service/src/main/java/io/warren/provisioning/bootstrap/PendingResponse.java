package io.warren.provisioning.bootstrap;

import io.warren.provisioning.registration.RegistrationStatus;
import java.util.UUID;

/**
 * The device has to come again, with the same request.
 *
 * @param registrationId names the attempt; what has become of it can be asked for with it
 * @param status what it waits for
 * @param retryAfterSeconds when it is to come again; each device is told a time of its own
 */
public record PendingResponse(UUID registrationId, RegistrationStatus status, long retryAfterSeconds)
        implements BootstrapAnswer {

    @Override
    public int httpStatus() {
        return 202;
    }
}
