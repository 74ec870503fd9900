package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.registration.RegistrationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells a device that was let in how to connect. */
@Component
class ConnectionProfile {

    private static final Logger log = LoggerFactory.getLogger(ConnectionProfile.class);

    private final BootstrapProperties properties;
    private final Clock clock;

    ConnectionProfile(BootstrapProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    RegisterResponse of(
            DeviceAddress address,
            UUID registration,
            RegisterResponse.Credentials credentials,
            RegistrationReply.@Nullable Desired desired) {
        String prefix = "v1/" + address.tenant() + "/" + address.device();
        return new RegisterResponse(
                address.device().value(),
                address.tenant().value(),
                registration,
                RegistrationStatus.REGISTERED,
                credentials,
                new RegisterResponse.Broker(properties.mqttHost(), properties.mqttsPort(), properties.wssPort()),
                new RegisterResponse.Topics(prefix + "/up/", prefix + "/down/"),
                authorities(),
                properties.keepAlive().toSeconds(),
                desired == null ? null : new RegisterResponse.Desired(desired.version(), desired.state()),
                clock.instant());
    }

    private String authorities() {
        try {
            return Files.readString(properties.caFile());
        } catch (IOException e) {
            log.error("The authorities that devices are to trust cannot be read", e);
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "The service is not set up completely.", Duration.ofMinutes(1));
        }
    }
}
