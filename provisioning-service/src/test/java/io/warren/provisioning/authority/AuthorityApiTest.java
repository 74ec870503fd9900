package io.warren.provisioning.authority;

import static io.warren.provisioning.authority.AuthorityApi.body;
import static io.warren.provisioning.authority.AuthorityApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ProvisioningTest
@Backed
class AuthorityApiTest {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    private String tenant = "";

    private AuthorityApi api;

    @BeforeEach
    void ownTenant() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        api = api(tenant);
    }

    @Test
    void aNewAuthorityIsNotTrusted() {
        JsonNode made = json(api.put("factory", FACTORY.pem()).expectStatus().isCreated());

        assertThat(made.get("status").stringValue()).isEqualTo("unverified");
        assertThat(made.get("subject").stringValue()).isEqualTo("O=Acme,CN=Factory");
        assertThat(made.at("/rules/deviceId").stringValue()).isEqualTo("${certificate.subject.cn}");
        assertThat(made.get("validUntil")).isEqualTo(made.get("notAfter"));
        assertThat(made.get("sha256").stringValue()).matches("[0-9a-f]{64}");
        assertThat(made.has("verifiedAt")).isFalse();
    }

    @Test
    void whoCanIssueInItsNamePossessesIt() {
        api.trust("factory", FACTORY);

        JsonNode read = json(api.get("/factory"));
        assertThat(read.get("status").stringValue()).isEqualTo("verified");
        assertThat(read.has("verifiedAt")).isTrue();
    }

    @Test
    void aChallengeIsOf256BitsAndMetOnce() {
        api.put("factory", FACTORY.pem());
        String challenge = api.challenge("factory");
        TestIdentity proof = FACTORY.issue("CN=" + challenge).make();

        assertThat(challenge).hasSize(43);
        api.verify("factory", proof).expectStatus().isOk();
        assertThat(body(api.verify("factory", proof).expectStatus().isEqualTo(422)))
                .contains("possession-not-proved");
    }

    @Test
    void aChallengeIsMetInAnHourOrNot() {
        api.put("factory", FACTORY.pem());
        TestIdentity proof = FACTORY.issue("CN=" + api.challenge("factory")).make();
        jdbc.sql("UPDATE certificate_authority SET challenge_expires_at = now() - interval '1 second' WHERE tenant = ?")
                .param(tenant)
                .update();

        api.verify("factory", proof).expectStatus().isEqualTo(422);
        assertThat(json(api.get("/factory")).get("status").stringValue()).isEqualTo("unverified");
    }

    @Test
    void aNewChallengeMakesTheEarlierOneVoid() {
        api.put("factory", FACTORY.pem());
        TestIdentity late = FACTORY.issue("CN=" + api.challenge("factory")).make();
        api.challenge("factory");

        api.verify("factory", late).expectStatus().isEqualTo(422);
    }

    @Test
    void aProofOfSomebodyElseProvesNothing() {
        api.put("factory", FACTORY.pem());
        String name = "CN=" + api.challenge("factory");
        TestIdentity impostor = TestIdentity.authority("CN=Factory,O=Acme");

        api.verify("factory", impostor.issue(name).make()).expectStatus().isEqualTo(422);
        api.verify("factory", FACTORY.issue(name).forge()).expectStatus().isEqualTo(422);
        api.verify("factory", TestIdentity.selfSigned(name).make())
                .expectStatus()
                .isEqualTo(422);
        api.verify("factory", FACTORY).expectStatus().isEqualTo(422);
        assertThat(json(api.get("/factory")).get("status").stringValue()).isEqualTo("unverified");
    }

    @Test
    void theChallengeIsTheWholeNameAndTheOnlyOne() {
        api.put("factory", FACTORY.pem());
        String challenge = api.challenge("factory");

        for (String name : new String[] {
            "CN=" + challenge + "x", "CN=x" + challenge, "CN=" + challenge + "+CN=other", "OU=" + challenge, "CN=other"
        }) {
            api.verify("factory", FACTORY.issue(name).make()).expectStatus().isEqualTo(422);
        }
        api.verify("factory", FACTORY.issue("CN=" + challenge).make())
                .expectStatus()
                .isOk();
    }

    @Test
    void withoutAChallengeNothingIsProved() {
        api.put("factory", FACTORY.pem());
        api.verify("factory", FACTORY.issue("CN=null").make()).expectStatus().isEqualTo(422);
        api.verify("factory", FACTORY.issue("OU=x").make()).expectStatus().isEqualTo(422);
    }

    @Test
    void rulesAndTimeChangeAndTheProofStays() {
        api.trust("factory", FACTORY);
        ObjectNode other = request();
        other.putObject("rules").put("deviceId", "${certificate.subject.serialNumber}");
        other.put(
                "validUntil",
                Clock.systemUTC().instant().plus(Duration.ofHours(2)).toString());

        JsonNode changed = json(api.put("factory", other).expectStatus().isOk());

        assertThat(changed.get("status").stringValue()).isEqualTo("verified");
        assertThat(changed.at("/rules/deviceId").stringValue()).isEqualTo("${certificate.subject.serialNumber}");
        assertThat(changed.get("validUntil")).isNotEqualTo(changed.get("notAfter"));
    }

    @Test
    void theCertificateStaysTheSame() {
        api.put("factory", FACTORY.pem());
        assertThat(body(api.put(
                                "factory",
                                TestIdentity.authority("CN=Factory,O=Acme").pem())
                        .expectStatus()
                        .isEqualTo(409)))
                .contains("certificate-authority-exists");
    }

    @Test
    void aTenantRegistersACertificateOnce() {
        api.put("factory", FACTORY.pem());
        api.put("again", FACTORY.pem()).expectStatus().isEqualTo(409);
    }

    @Test
    void twoTenantsMayRegisterTheSameAndEachProvesIt() {
        api.trust("factory", FACTORY);
        AuthorityApi other = api("other" + UUID.randomUUID().toString().substring(0, 8));

        assertThat(json(other.put("factory", FACTORY.pem()).expectStatus().isCreated())
                        .get("status")
                        .stringValue())
                .isEqualTo("unverified");
        assertThat(json(api.get("/factory")).get("status").stringValue()).isEqualTo("verified");
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        api.put("factory", FACTORY.pem());
        AuthorityApi stranger = api("s" + tenant);

        stranger.get("/factory").expectStatus().isNotFound();
        stranger.delete("factory").expectStatus().isNotFound();
        stranger.verify("factory", FACTORY).expectStatus().isNotFound();
        api.get("/factory").expectStatus().isOk();
    }

    @Test
    void theWindowIsWithinTheCertificatesOwn() {
        assertThat(body(api.put("factory", request().put("validUntil", "2099-01-01T00:00:00Z"))
                        .expectStatus()
                        .isEqualTo(422)))
                .contains("/validUntil");
        assertThat(body(api.put("factory", request().put("validFrom", "2001-01-01T00:00:00Z"))
                        .expectStatus()
                        .isEqualTo(422)))
                .contains("/validFrom");
    }

    @Test
    void whatIsNoAuthorityIsNotTakenOn() {
        for (TestIdentity.Draft draft : new TestIdentity.Draft[] {
            TestIdentity.selfSigned("CN=Device"),
            TestIdentity.selfSigned("CN=Weak")
                    .with(TestIdentity.keys("RSA", 1024))
                    .asAuthority(),
            TestIdentity.selfSigned("CN=Over")
                    .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                    .asAuthority()
        }) {
            assertThat(body(api.put("x", draft.make().pem()).expectStatus().isEqualTo(422)))
                    .contains("/certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pump",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"
            })
    void whatIsNoCertificateIsRefused(String text) {
        assertThat(body(api.put("x", text).expectStatus().isEqualTo(422))).contains("/certificate");
    }

    @Test
    void twoCertificatesAreNotOne() {
        api.put("x", FACTORY.pem() + FACTORY.pem()).expectStatus().isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${certificate.}", "${a b}"})
    void aRuleThatIsNoTemplateIsRefusedWithItsPlace(String template) {
        ObjectNode body = request();
        body.putObject("rules").putObject("tags").put("line", template);
        assertThat(body(api.put("factory", body).expectStatus().isEqualTo(422))).contains("/rules/tags/line");
    }

    @Test
    void whoSawAnotherVersionChangesNothing() {
        api.put("factory", FACTORY.pem()).expectHeader().valueEquals("ETag", "\"1\"");
        http.delete()
                .uri("/api/v1/certificate-authorities/factory")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .header("If-Match", "\"7\"")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        api.get("/factory").expectStatus().isOk();
    }

    @Test
    void theTrustGoesWithTheAuthority() {
        api.put("factory", FACTORY.pem());
        api.delete("factory").expectStatus().isNoContent();
        api.get("/factory").expectStatus().isNotFound();
    }

    @Test
    void theListIsInTheOrderOfIds() {
        api.put("b", FACTORY.pem());
        api.put("a", TestIdentity.authority("CN=Other").pem());

        JsonNode page = json(api.get("?limit=1"));
        assertThat(page.at("/items/0/id").stringValue()).isEqualTo("a");
        assertThat(json(api.get("?cursor=" + page.get("next").stringValue()))
                        .at("/items/0/id")
                        .stringValue())
                .isEqualTo("b");
    }

    private AuthorityApi api(String tenant) {
        return new AuthorityApi(http, tokens, tenant);
    }

    private static ObjectNode request() {
        return JsonMapper.shared().createObjectNode().put("certificate", FACTORY.pem());
    }
}
