package io.warren.provisioning.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.authority.AuthorityApi;
import io.warren.provisioning.signedproof.TestProof;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Certificates and listed keys as proofs, from the request to the verdict. */
@ProvisioningTest
@Backed
class AttestationTest {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");
    private static final DeviceId PUMP = new DeviceId("pump-17");

    private final Instant soon = Clock.systemUTC().instant().plusSeconds(600);

    @Autowired
    private Attestations attestations;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @LocalServerPort
    private int port;

    private TenantId tenant = new TenantId("t");

    private AuthorityApi authorities;

    private ManifestApi groups;

    @BeforeEach
    void ownTenant() {
        tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
        authorities = new AuthorityApi(http, tokens, tenant.value());
        groups = new ManifestApi(port, tokens, tenant.value());
    }

    @Test
    void aDeviceIsWhomItsCertificateNames() {
        trustFactory();
        TestIdentity pump = FACTORY.issue("CN=pump-17,OU=line-1").make();

        assertThat(inTls(null, null, pump)).isInstanceOfSatisfying(Attested.class, attested -> {
            assertThat(attested.device()).isEqualTo(PUMP);
            assertThat(attested.door().name()).isEqualTo("group/pumps");
            assertThat(attested.facts().tree().at("/certificate/subject/ou").stringValue())
                    .isEqualTo("line-1");
            assertThat(attested.facts().registrationId()).isEqualTo("pump-17");
        });
        assertThat(inTls(PUMP, "pumps", pump)).isInstanceOf(Attested.class);
    }

    @Test
    void aDeviceThatClaimsAnotherNameThanItsCertificatesIsRefused() {
        trustFactory();
        assertThat(refusal(inTls(
                                new DeviceId("pump-18"),
                                null,
                                FACTORY.issue("CN=pump-17").make()))
                        .kind())
                .isEqualTo(Refusal.Kind.OTHER_DEVICE);
    }

    @Test
    void whatAllOfItIsRefusedForIsTheTenantsToKnow() {
        trustFactory();
        assertThat(refusal(inTls(PUMP, null, FACTORY.issue("CN=pump-17").forge()))
                        .reason())
                .contains("signature");
        assertThat(refusal(inTls(
                                PUMP,
                                null,
                                FACTORY.issue("CN=pump-17")
                                        .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                                        .make()))
                        .reason())
                .contains("expired");
        assertThat(refusal(inTls(PUMP, null)).reason()).contains("shows no certificate");
        assertThat(refusal(inTls(
                                PUMP,
                                null,
                                TestIdentity.authority("CN=Other")
                                        .issue("CN=pump-17")
                                        .make()))
                        .kind())
                .isEqualTo(Refusal.Kind.UNPROVEN);
    }

    @Test
    void theAuthorityOfOneTenantNamesNoDeviceOfAnother() {
        trustFactory();
        TenantId other = new TenantId("o" + tenant.value());
        new ManifestApi(port, tokens, other.value())
                .group("pumps", "{\"kind\":\"x509\",\"certificateAuthorities\":[\"factory\"]}");
        TestIdentity pump = FACTORY.issue("CN=pump-17").make();

        assertThat(refusal(judge(other, PUMP, AttestationKind.X509, null, null, pump))
                        .kind())
                .isEqualTo(Refusal.Kind.UNPROVEN);
        String token = TestProof.by(pump.keys())
                .of(new DeviceAddress(tenant, PUMP))
                .with(pump)
                .until(soon);
        new AuthorityApi(http, tokens, other.value()).trust("factory", FACTORY);
        assertThat(refusal(judge(other, PUMP, AttestationKind.X509, token, null))
                        .reason())
                .contains("another device");
    }

    @Test
    void theRulesOfTheAuthorityTakeTheNameAndTheTags() {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("certificate", FACTORY.pem());
        body.putObject("rules")
                .put("deviceId", "pump-${certificate.subject.serialNumber}")
                .putObject("tags")
                .put("line", "${certificate.subject.ou}");
        authorities.put("factory", body);
        authorities.verify(
                "factory",
                FACTORY.issue("CN=" + authorities.challenge("factory")).make());
        x509Group();

        assertThat(inTls(null, null, FACTORY.issue("CN=x,SERIALNUMBER=17").make()))
                .isInstanceOfSatisfying(Attested.class, attested -> {
                    assertThat(attested.device()).isEqualTo(PUMP);
                    assertThat(attested.door().policy().tags()).containsEntry("line", "${certificate.subject.ou}");
                });
        assertThat(refusal(inTls(null, null, FACTORY.issue("CN=x").make())).reason())
                .contains("certificate.subject.serialNumber");
        assertThat(refusal(inTls(
                                null,
                                null,
                                FACTORY.issue("CN=x,SERIALNUMBER=a b").make()))
                        .reason())
                .contains("not of the form");
    }

    @Test
    void whereThereIsNoTlsADeviceSignsWithItsCertificatesKey() {
        trustFactory();
        TestIdentity pump = FACTORY.issue("CN=pump-17").make();
        TestProof proof = TestProof.by(pump.keys()).of(new DeviceAddress(tenant, PUMP));

        assertThat(signed(PUMP, proof.with(pump).until(soon))).isInstanceOf(Attested.class);
        assertThat(signed(null, proof.with(pump).until(soon))).isInstanceOf(Attested.class);
        assertThat(refusal(signed(new DeviceId("pump-18"), proof.with(pump).until(soon)))
                        .reason())
                .contains("another device");
        TestIdentity stolen = FACTORY.issue("CN=pump-17").make();
        assertThat(refusal(signed(PUMP, proof.with(stolen).until(soon))).reason())
                .contains("signature");
        assertThat(refusal(signed(PUMP, "no JWS")).reason()).contains("JWS");
    }

    @Test
    void aGroupTakesTheAuthoritiesThatItNames() {
        trustFactory();
        groups.group("others", "{\"kind\":\"x509\",\"certificateAuthorities\":[\"elsewhere\"]}");
        TestIdentity pump = FACTORY.issue("CN=pump-17").make();

        assertThat(refusal(inTls(PUMP, "others", pump)).reason()).contains("does not take");
        groups.group("pumps-2", "{\"kind\":\"x509\",\"certificateAuthorities\":[\"factory\"]}");
        assertThat(refusal(inTls(PUMP, null, pump)).reason()).contains("more than one");
        assertThat(inTls(PUMP, "pumps-2", pump)).isInstanceOf(Attested.class);
    }

    @Test
    void aCertificateThatIsListedByItselfNeedsNoAuthority() {
        TestIdentity pump = TestIdentity.selfSigned("CN=whatever").make();
        enrol("{\"attestation\":{\"kind\":\"x509\",\"certificate\":%s},\"deviceId\":\"pump-17\"}"
                .formatted(JsonMapper.shared().writeValueAsString(pump.pem())));

        assertThat(inTls(PUMP, null, pump))
                .isInstanceOfSatisfying(
                        Attested.class,
                        attested -> assertThat(attested.enrollment()).isNotNull());
        assertThat(inTls(null, null, pump)).isInstanceOf(Attested.class);
        assertThat(refusal(inTls(new DeviceId("pump-18"), null, pump)).kind()).isEqualTo(Refusal.Kind.OTHER_DEVICE);
    }

    @Test
    void aListedCertificateHasItsTimeAndItsPurpose() {
        TestIdentity pump = TestIdentity.selfSigned("CN=pump-17")
                .validFor(Duration.ofDays(-2), Duration.ofDays(-1))
                .make();
        enrol("{\"attestation\":{\"kind\":\"x509\",\"certificate\":%s}}"
                .formatted(JsonMapper.shared().writeValueAsString(pump.pem())));

        assertThat(refusal(inTls(PUMP, null, pump)).reason()).contains("expired");
    }

    @Test
    void anElementIsKnownByItsListedKey() {
        KeyPair element = TestIdentity.keys("EC", 256);
        groups.group("elements", "{\"kind\":\"manifest\"}");
        list("0123", "pump-17", element);

        assertThat(keyed(PUMP, element)).isInstanceOfSatisfying(Attested.class, attested -> {
            assertThat(attested.door().name()).isEqualTo("group/elements");
            assertThat(attested.facts().tree().at("/manifest/batch").stringValue())
                    .isEqualTo("7");
            assertThat(attested.facts().tree().at("/manifest/element").stringValue())
                    .isEqualTo("0123");
        });
        assertThat(refusal(keyed(PUMP, TestIdentity.keys("EC", 256))).reason()).contains("signature");
    }

    @Test
    void anElementOfAnotherDeviceProvesNothing() {
        KeyPair element = TestIdentity.keys("EC", 256);
        groups.group("elements", "{\"kind\":\"manifest\"}");
        list("0123", "pump-17", element);
        list("0124", "pump-18", TestIdentity.keys("Ed25519", 0));

        assertThat(refusal(keyed(new DeviceId("pump-18"), element)).kind()).isEqualTo(Refusal.Kind.UNPROVEN);
        assertThat(refusal(keyed(new DeviceId("pump-19"), element)).kind()).isEqualTo(Refusal.Kind.UNPROVEN);
    }

    @Test
    void aRowOfAnotherTenantIsNotThere() {
        KeyPair element = TestIdentity.keys("EC", 256);
        groups.group("elements", "{\"kind\":\"manifest\"}");
        list("0123", "pump-17", element);
        TenantId other = new TenantId("o" + tenant.value());
        String token = TestProof.by(element).of(new DeviceAddress(other, PUMP)).until(soon);

        assertThat(refusal(judge(other, PUMP, AttestationKind.PUBLIC_KEY, token, "elements"))
                        .kind())
                .isEqualTo(Refusal.Kind.UNPROVEN);
    }

    @Test
    void anElementIsKnownByTheCertificateOfItsMaker() {
        authorities.trust("factory", FACTORY);
        groups.group("elements", "{\"kind\":\"manifest\",\"certificateAuthorities\":[\"factory\"]}");
        groups.importJson("elements", "{\"element\":\"0123\",\"deviceId\":\"pump-17\"}");
        TestIdentity bySerial = FACTORY.issue("CN=ECC608,SERIALNUMBER=0123").make();
        TestIdentity byName = FACTORY.issue("CN=0123").make();

        for (TestIdentity element : new TestIdentity[] {bySerial, byName}) {
            assertThat(inTls(null, null, element))
                    .isInstanceOfSatisfying(
                            Attested.class,
                            attested -> assertThat(attested.device()).isEqualTo(PUMP));
        }
        assertThat(refusal(inTls(new DeviceId("pump-18"), null, bySerial)).kind())
                .isEqualTo(Refusal.Kind.OTHER_DEVICE);
        assertThat(refusal(inTls(PUMP, null, FACTORY.issue("CN=0124").make())).reason())
                .contains("No manifest lists");
    }

    private void trustFactory() {
        authorities.trust("factory", FACTORY);
        x509Group();
    }

    private void x509Group() {
        groups.group("pumps", "{\"kind\":\"x509\",\"certificateAuthorities\":[\"factory\"]}");
    }

    private void list(String element, String device, KeyPair key) {
        assertThat(groups.importJson("elements", """
                        {"element":"%s","deviceId":"%s","publicKey":"%s","attributes":{"batch":"7"}}""".formatted(
                                        element,
                                        device,
                                        Base64.getEncoder()
                                                .encodeToString(key.getPublic().getEncoded())))
                        .getFirst()
                        .get("outcome")
                        .stringValue())
                .isEqualTo("created");
    }

    private void enrol(String body) {
        http.post()
                .uri("/api/v1/enrollments")
                .header("Authorization", tokens.bearer(tenant.value(), "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private Verdict keyed(DeviceId device, KeyPair key) {
        return judge(
                tenant,
                device,
                AttestationKind.PUBLIC_KEY,
                TestProof.by(key).of(new DeviceAddress(tenant, device)).until(soon),
                null);
    }

    private Verdict signed(@Nullable DeviceId device, String token) {
        return judge(tenant, device, AttestationKind.X509, token, null);
    }

    private Verdict inTls(@Nullable DeviceId device, @Nullable String group, TestIdentity... chain) {
        return judge(tenant, device, AttestationKind.X509, null, group, chain);
    }

    private Verdict judge(
            TenantId to,
            @Nullable DeviceId device,
            AttestationKind kind,
            @Nullable String token,
            @Nullable String group,
            TestIdentity... chain) {
        return attestations.attest(
                new RegisterRequest(
                        to, device, new RegisterRequest.Attestation(kind, token, group), null, null, null, null),
                new Source(
                        null,
                        Arrays.stream(chain).map(TestIdentity::certificate).toList()));
    }

    private static Refusal refusal(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Refusal.class);
        return (Refusal) verdict;
    }
}
