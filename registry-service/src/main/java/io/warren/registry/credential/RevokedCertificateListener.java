package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateEvent;
import java.util.HexFormat;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Hears of certificates that provisioning has revoked; hearing of one again changes nothing. */
@Component
class RevokedCertificateListener {

    private final CredentialIssue credentials;

    RevokedCertificateListener(CredentialIssue credentials) {
        this.credentials = credentials;
    }

    @RabbitListener(queues = "registry.certificates")
    void hear(CertificateEvent event) {
        credentials.revoked(
                DeviceAddress.of(event.tenant(), event.device()), HexFormat.of().parseHex(event.sha256()));
    }
}
