package io.warren.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.provisioning.CertificateAnswer;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.provisioning.CertificateQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Certificates that are issued for a device at an integrator's request. Provisioning is not ours here. */
@RegistryTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(IssuedCertificateIT.Provisioning.class)
class IssuedCertificateIT {

    private static final String CREDENTIALS = "/api/v1/devices/pump/credentials";
    private static final String REQUEST = "{\"kind\":\"certificate\",\"csr\":\"MIIB\"}";

    @Autowired
    TestTokens tokens;

    @Autowired
    Provisioning provisioning;

    @Autowired
    RabbitTemplate rabbit;

    @LocalServerPort
    int port;

    Api api;
    final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{}");
        provisioning.asked.clear();
        provisioning.answer = issued("5f01");
    }

    @Test
    void theAnswerHasTheCertificateAndTheDeviceHasTheCredential() {
        Api.Answer answer = api.post(CREDENTIALS, REQUEST);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/kind").asString()).isEqualTo("certificate");
        assertThat(answer.json().at("/certificate").asString()).isEqualTo("PEM of 5f01");
        assertThat(answer.json().at("/serial").asString()).isEqualTo("5f01");
        assertThat(answer.json().at("/renewAfter").asString()).isEqualTo("2098-01-01T00:00:00Z");
        assertThat(provisioning.asked).containsExactly(new CertificateQuestion(tenant, "pump", "MIIB", null));
        assertThat(api.get(CREDENTIALS).json().at("/items/0/serial").asString()).isEqualTo("5f01");
        assertThat(api.get(CREDENTIALS).json().at("/items/0").has("certificate"))
                .isFalse();
    }

    @Test
    void theSameRequestAgainIsTheSameCredential() {
        Api.Answer first = api.post(CREDENTIALS, REQUEST);

        assertThat(api.post(CREDENTIALS, REQUEST).json().at("/id"))
                .isEqualTo(first.json().at("/id"));
    }

    @Test
    void noneIsIssuedForADeviceThatHasAllItMayHave() {
        Api.Answer first = api.post(CREDENTIALS, REQUEST);
        provisioning.answer = issued("5f02");
        api.post(CREDENTIALS, REQUEST);

        provisioning.answer = new CertificateAnswer(CertificateAnswer.Outcome.NONE, null, null);
        assertThat(api.post(CREDENTIALS, REQUEST).problem()).isEqualTo("too-many-credentials");
        provisioning.answer = issued("5f01");
        assertThat(api.post(CREDENTIALS, REQUEST).json().at("/id"))
                .isEqualTo(first.json().at("/id"));

        assertThat(provisioning.asked).extracting(CertificateQuestion::full).containsExactly(null, null, true, true);
    }

    @Test
    void whatProvisioningRefusesIsRefused() {
        provisioning.answer = new CertificateAnswer(CertificateAnswer.Outcome.REFUSED, null, "it is cut off");

        Api.Answer answer = api.post(CREDENTIALS, REQUEST);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/csr");
        assertThat(answer.json().at("/errors/0/detail").asString()).isEqualTo("it is cut off");
    }

    @Test
    void withoutAnAuthorityTheCallerIsToComeAgain() {
        provisioning.answer = new CertificateAnswer(CertificateAnswer.Outcome.UNAVAILABLE, null, "there is none");

        assertThat(api.post(CREDENTIALS, REQUEST).problem()).isEqualTo("unavailable");
    }

    @Test
    void provisioningIsNotAskedAboutADeviceThatDoesNotExist() {
        assertThat(api.post("/api/v1/devices/nobody/credentials", REQUEST).problem())
                .isEqualTo("device-not-found");
        assertThat(provisioning.asked).isEmpty();
    }

    @Test
    void aRequestGoesWithNothingElse() {
        assertThat(api.post(CREDENTIALS, "{\"kind\":\"secret\",\"csr\":\"MIIB\"}")
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/csr");
        assertThat(api.post(CREDENTIALS, "{\"kind\":\"certificate\",\"csr\":\"MIIB\",\"certificate\":\"x\"}")
                        .status())
                .isEqualTo(422);
        assertThat(api.post(CREDENTIALS, "{\"kind\":\"certificate\"}").status()).isEqualTo(422);
    }

    @Test
    void aCertificateThatIsRevokedIsNoCredentialAnyMore() {
        api.post(CREDENTIALS, REQUEST);
        provisioning.answer = issued("5f02");
        api.post(CREDENTIALS, REQUEST);

        rabbit.convertAndSend(
                "provisioning.events",
                CertificateEvent.REVOKED,
                new CertificateEvent(
                        tenant,
                        "pump",
                        "5f01",
                        sha256("5f01"),
                        "9a1b2c3d4e5f6071",
                        Instant.now(),
                        Instant.now(),
                        "superseded",
                        Instant.now()));

        await().untilAsserted(() ->
                assertThat(api.get(CREDENTIALS).json().at("/items").size()).isEqualTo(1));
        assertThat(api.get(CREDENTIALS).json().at("/items/0/serial").asString()).isEqualTo("5f02");
    }

    private static CertificateAnswer issued(String serial) {
        return new CertificateAnswer(
                CertificateAnswer.Outcome.ISSUED,
                new CertificateAnswer.Issued(
                        "PEM of " + serial,
                        serial,
                        sha256(serial),
                        Instant.parse("2099-01-01T00:00:00Z"),
                        Instant.parse("2098-01-01T00:00:00Z")),
                null);
    }

    private static String sha256(String serial) {
        return serial + "0".repeat(60);
    }

    /** The other end. */
    static class Provisioning {

        final Queue<CertificateQuestion> asked = new ConcurrentLinkedQueue<>();
        volatile CertificateAnswer answer = issued("5f01");

        @RabbitListener(queues = ProvisioningRequests.CERTIFICATES)
        CertificateAnswer answer(CertificateQuestion question) {
            asked.add(question);
            return answer;
        }
    }
}
