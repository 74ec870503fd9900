package io.warren.provisioning.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateAnswer;
import io.warren.contracts.provisioning.CertificateQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.platform.messaging.Questions;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.testing.backing.Backed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.annotation.Autowired;

/** The registry asks for certificates, and tells of those that devices have lost. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
class CertificateQuestionIT {

    @Autowired
    private ConnectionFactory connections;

    @Autowired
    private MessageConverter converter;

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private Certificates certificates;

    private final DeviceAddress device =
            DeviceAddress.of("t" + UUID.randomUUID().toString().substring(0, 8), "pump-17");

    @Test
    void aCertificateIsIssuedAndTheSameQuestionHasTheSameAnswer() {
        String csr = TestAuthorities.request(TestAuthorities.key("secp256r1"));

        CertificateAnswer answer = ask(csr);

        assertThat(answer.outcome()).isEqualTo(CertificateAnswer.Outcome.ISSUED);
        assertThat(answer.issued()).isNotNull().satisfies(issued -> {
            assertThat(issued.certificate())
                    .containsSubsequence("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----");
            assertThat(certificates.get(device.tenant(), issued.serial()).sha256())
                    .isEqualTo(issued.sha256());
        });
        assertThat(ask(csr)).isEqualTo(answer);
    }

    @Test
    void aDeviceThatMayHaveNoOtherIsToldOfTheOneThatItHas() {
        String csr = TestAuthorities.request(TestAuthorities.key("secp256r1"));
        assertThat(ask(csr, true).outcome()).isEqualTo(CertificateAnswer.Outcome.NONE);
        assertThat(certificates
                        .list(device.tenant(), new CertificateFilter(null, null, null), null, 10)
                        .items())
                .isEmpty();

        CertificateAnswer answer = ask(csr);

        assertThat(ask(csr, true)).isEqualTo(answer);
    }

    @Test
    void whatIsNoRequestIsRefusedWithTheReason() {
        CertificateAnswer answer = ask("nonsense");

        assertThat(answer.outcome()).isEqualTo(CertificateAnswer.Outcome.REFUSED);
        assertThat(answer.reason()).isEqualTo("it is no certification request (PKCS#10) in PEM or base64");
    }

    @Test
    void aCertificateWhoseCredentialWasTakenAwayIsRevoked() {
        IssuedCertificate lost = issue();
        IssuedCertificate replaced = issue();
        IssuedCertificate kept = issue();

        take(lost, null);
        take(replaced, CredentialEvent.SUPERSEDED);

        await().untilAsserted(() -> assertThat(view(lost).reason()).isEqualTo(RevocationReason.PRIVILEGE_WITHDRAWN));
        await().untilAsserted(() -> assertThat(view(replaced).reason()).isEqualTo(RevocationReason.SUPERSEDED));
        assertThat(status(kept)).isEqualTo(CertificateView.Status.ACTIVE);
    }

    @Test
    void theCertificatesOfADeviceThatWentAreRevokedAndThoseOfOneThatCameAgainAreNot() {
        IssuedCertificate before = issue();
        Instant deleted = Instant.now();
        IssuedCertificate after = issue();

        rabbit.convertAndSend(
                "registry.events",
                DeviceEvent.DELETED,
                new DeviceEvent(
                        device.tenant().value(),
                        device.device().value(),
                        3,
                        "pump",
                        null,
                        Map.of(),
                        null,
                        true,
                        deleted));

        await().untilAsserted(() -> assertThat(status(before)).isEqualTo(CertificateView.Status.REVOKED));
        assertThat(status(after)).isEqualTo(CertificateView.Status.ACTIVE);
    }

    private void take(IssuedCertificate certificate, @Nullable String reason) {
        rabbit.convertAndSend(
                "registry.events",
                CredentialEvent.REVOKED,
                new CredentialEvent(
                        device.tenant().value(),
                        device.device().value(),
                        UUID.randomUUID().toString(),
                        "certificate",
                        certificate.serial(),
                        reason,
                        Instant.now()));
    }

    private CertificateAnswer ask(String csr) {
        return ask(csr, null);
    }

    private CertificateAnswer ask(String csr, @Nullable Boolean full) {
        try (Questions questions = new Questions(connections, converter, Duration.ofSeconds(20))) {
            return questions
                    .ask(
                            ProvisioningRequests.EXCHANGE,
                            ProvisioningRequests.CERTIFICATES,
                            CertificateQuestion.TYPE,
                            new CertificateQuestion(
                                    device.tenant().value(), device.device().value(), csr, full),
                            CertificateAnswer.class)
                    .orElseThrow();
        }
    }

    private IssuedCertificate issue() {
        return issue.issue(
                device, CertificateRequest.parse(TestAuthorities.request(TestAuthorities.key("Ed25519"))), "api", null);
    }

    private CertificateView.Status status(IssuedCertificate certificate) {
        return view(certificate).status();
    }

    private CertificateView view(IssuedCertificate certificate) {
        return certificates.get(device.tenant(), certificate.serial());
    }
}
