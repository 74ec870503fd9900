package io.warren.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestAuthority;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Certificates that devices show to the broker. */
@RegistryTest
class CertificateTest {

    private static final TestAuthority AUTHORITY = TestAuthority.generate();
    private static final String DEVICE = "/api/v1/devices/pump";
    private static final String CREDENTIALS = DEVICE + "/credentials";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    Api api;
    String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);
    String name = "pump@" + tenant;

    @DynamicPropertySource
    static void trustTheAuthority(DynamicPropertyRegistry properties) {
        properties.add("warren.credential.ca-file", AUTHORITY::certificate);
    }

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put(DEVICE, "{}");
    }

    @Test
    void aDeviceSignsInWithACertificateThatWasAdmittedUntilItIsRevoked() {
        assertThat(signIn()).isEqualTo("deny no certificate of the device is admitted");

        Api.Answer answer = admit(AUTHORITY.issue("CN=" + name + ",O=Acme", "-ext", "eku=clientAuth"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/kind").asString()).isEqualTo("certificate");
        assertThat(answer.json().at("/serial").asString()).matches("[0-9a-f]+");
        assertThat(answer.json().has("expiresAt")).isTrue();
        await().untilAsserted(() -> assertThat(signIn()).isEqualTo("allow"));

        api.delete(CREDENTIALS + "/" + answer.json().at("/id").asString());
        await().untilAsserted(() -> assertThat(signIn()).startsWith("deny"));
    }

    @Test
    void aCertificateDoesNotLetAPasswordIn() {
        admit(AUTHORITY.issue("CN=" + name));
        await().untilAsserted(() -> assertThat(signIn()).isEqualTo("allow"));

        for (String password : new String[] {"", "none", "undefined"}) {
            assertThat(api.ask("user", Map.of("username", name, "client_id", name, "vhost", "/", "password", password)))
                    .startsWith("deny");
        }
    }

    @Test
    void aDisabledDeviceDoesNotSignInWithACertificate() {
        admit(AUTHORITY.issue("CN=" + name));

        api.patch(DEVICE, "{\"enabled\":false}");

        await().untilAsserted(() -> assertThat(signIn()).isEqualTo("deny disabled"));
    }

    @Test
    void nobodySignsInWithACertificateWhoseTimeIsOver() {
        admit(AUTHORITY.issue("CN=" + name));
        jdbc.update("UPDATE credential SET expires_at = now() - interval '1 s' WHERE tenant = ?", tenant);

        assertThat(signIn()).isEqualTo("deny no certificate of the device is admitted");
    }

    @Test
    void theSameCertificateAgainIsTheSameCredential() {
        String certificate = AUTHORITY.issue("CN=" + name);

        Api.Answer first = admit(certificate);
        Api.Answer second = admit(certificate);

        assertThat(second.json().at("/id")).isEqualTo(first.json().at("/id"));
        assertThat(api.get(CREDENTIALS).json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void thereAreTwoAtMostAndOneThatHasEndedMakesRoom() {
        admit(AUTHORITY.issue("CN=" + name));
        admit(AUTHORITY.issue("CN=" + name));
        assertThat(admit(AUTHORITY.issue("CN=" + name)).problem()).isEqualTo("too-many-credentials");
        assertThat(api.post(CREDENTIALS, "{\"kind\":\"secret\"}").status()).isEqualTo(201);

        jdbc.update("UPDATE credential SET expires_at = now() WHERE tenant = ? AND kind = 'certificate'", tenant);

        assertThat(admit(AUTHORITY.issue("CN=" + name)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CN=pump-2@%s           | eku=clientAuth          | common name
                    CN=pump@other          | eku=clientAuth          | common name
                    CN=%s+CN=pump@%s       | eku=clientAuth          | common name
                    O=pump@%s              | eku=clientAuth          | common name
                    CN=pump@%s             | eku=serverAuth          | clientAuth
                    CN=pump@%s             | bc:critical=ca:true     | authority
                    """)
    void aCertificateOfAnotherKindIsRefused(String subject, String extension, String reason) {
        Api.Answer answer = admit(AUTHORITY.issue(subject.replace("%s", tenant), "-ext", extension));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/certificate");
        assertThat(answer.json().at("/errors/0/detail").asString()).contains(reason);
    }

    @Test
    void aCertificateOutOfItsTimeIsRefused() {
        assertThat(refusal(AUTHORITY.issue("CN=" + name, "-startdate", "-10d", "-validity", "5")))
                .contains("valid from");
        assertThat(refusal(AUTHORITY.issue("CN=" + name, "-startdate", "+5d"))).contains("valid from");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        assertThat(refusal(TestAuthority.generate().issue("CN=" + name))).contains("none of the authorities");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"})
    void whatIsNoCertificateIsRefused(String pem) {
        assertThat(admit(pem.replace("\\n", "\n")).status()).isEqualTo(422);
    }

    @Test
    void aCertificateGoesWithItsKindOnly() {
        Api.Answer without = api.post(CREDENTIALS, "{\"kind\":\"certificate\"}");
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.json().at("/errors/0/pointer").asString()).isEqualTo("/certificate");
        assertThat(api.post(CREDENTIALS, "{\"kind\":\"secret\",\"certificate\":\"x\"}")
                        .status())
                .isEqualTo(422);
    }

    private String refusal(String certificate) {
        return admit(certificate).json().at("/errors/0/detail").asString();
    }

    private Api.Answer admit(String certificate) {
        return api.post(
                CREDENTIALS,
                JsonMapper.shared()
                        .writeValueAsString(JsonNodeFactory.instance
                                .objectNode()
                                .put("kind", "certificate")
                                .put("certificate", certificate)));
    }

    /** What the broker asks about a client that has shown a certificate in this name. */
    private String signIn() {
        return api.ask("user", Map.of("username", name, "client_id", name, "vhost", "/"));
    }
}
