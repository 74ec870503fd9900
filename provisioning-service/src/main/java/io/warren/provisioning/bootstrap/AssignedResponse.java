package io.warren.provisioning.bootstrap;

import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.registration.RegistrationStatus;
import java.util.UUID;

/**
 * The device is to register with another installation.
 *
 * @param registrationId names the attempt
 * @param status {@code assigned}
 * @param platform the installation
 */
public record AssignedResponse(UUID registrationId, RegistrationStatus status, Platform platform)
        implements BootstrapAnswer {}
