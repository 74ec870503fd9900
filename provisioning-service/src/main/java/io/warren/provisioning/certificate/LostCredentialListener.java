package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.DeviceEvent;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/**
 * Hears of devices that lose their certificates in the registry: with a credential that is taken away, or with everything. What they
 * lose is revoked; hearing of it again changes nothing.
 */
@Component
class LostCredentialListener {

    private final Certificates certificates;

    LostCredentialListener(Certificates certificates) {
        this.certificates = certificates;
    }

    @RabbitListener(queues = "provisioning.credentials")
    void hear(CredentialEvent event) {
        String serial = event.serial();
        if (serial != null) {
            certificates.revoke(
                    DeviceAddress.of(event.tenant(), event.device()),
                    serial,
                    event.at(),
                    CredentialEvent.SUPERSEDED.equals(event.reason())
                            ? RevocationReason.SUPERSEDED
                            : RevocationReason.PRIVILEGE_WITHDRAWN);
        }
    }

    @RabbitListener(queues = "provisioning.devices")
    void hear(DeviceEvent deleted) {
        certificates.revokeAll(
                DeviceAddress.of(deleted.tenant(), deleted.device()),
                deleted.at(),
                RevocationReason.CESSATION_OF_OPERATION);
    }
}
