package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.provisioning.issuing.TrustBundle;
import io.warren.provisioning.registration.RegistrationStatus;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a device that was let in how to connect. */
@Component
class ConnectionProfile {

    private final BootstrapProperties properties;
    private final TrustBundle authorities;
    private final Clock clock;

    ConnectionProfile(BootstrapProperties properties, TrustBundle authorities, Clock clock) {
        this.properties = properties;
        this.authorities = authorities;
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
                authorities.pem(),
                properties.keepAlive().toSeconds(),
                desired == null ? null : new RegisterResponse.Desired(desired.version(), desired.state()),
                clock.instant());
    }
}
