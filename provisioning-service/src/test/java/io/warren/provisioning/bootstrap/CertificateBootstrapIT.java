package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.authority.AuthorityApi;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.provisioning.manifest.ManifestApi;
import io.warren.provisioning.signedproof.TestProof;
import io.warren.provisioning.x509.X509Certificates;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Devices come with certificates of their factory, with the keys of their elements, and with labels. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(RegistryStub.class)
class CertificateBootstrapIT {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private RegistryStub registry;

    @LocalServerPort
    private int port;

    private BootstrapClient client;

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
        registry.requests.clear();
        registry.answer = RegistryStub.AGREES;
    }

    @Test
    void aDeviceOfTheFactoryIsNamedAndTaggedByItsCertificate() {
        trustFactory();
        TestIdentity pump = FACTORY.issue("CN=pump-17,OU=line-1").make();

        Answer answer = client.register("pump-17", x509(signedBy(pump, "pump-17")));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(registry.requests).singleElement().satisfies(request -> {
            assertThat(request.enrollment()).isEqualTo("group/pumps");
            assertThat(request.tags()).containsOnly(Map.entry("line", "line-1"), Map.entry("site", "lyon"));
        });
        assertThat(client.register("pump-17", x509(signedBy(pump, "pump-17"))).text("/credentials/secret"))
                .isEqualTo(answer.text("/credentials/secret"));
    }

    @Test
    void whyACertificateIsNotBelievedIsTheTenantsToKnow() {
        trustFactory();
        Answer forged = client.register(
                "pump-17", x509(signedBy(FACTORY.issue("CN=pump-17").forge(), "pump-17")));
        Answer server = client.register(
                "pump-18",
                x509(signedBy(
                        FACTORY.issue("CN=pump-18")
                                .forPurpose("1.3.6.1.5.5.7.3.1")
                                .make(),
                        "pump-18")));

        assertThat(forged.status()).isEqualTo(401);
        assertThat(server.status()).isEqualTo(401);
        assertThat(forged.text("/detail")).isEqualTo(server.text("/detail"));
        assertThat(client.get("/api/v1/registrations").body().get("items").values())
                .extracting(item -> item.get("reason").stringValue())
                .anySatisfy(reason -> assertThat(reason).contains("signature"))
                .anySatisfy(reason -> assertThat(reason).contains("as a client"));
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void anotherKeyOfTheSameNameIsAnotherBoard() {
        trustFactory();
        TestIdentity pump = FACTORY.issue("CN=pump-17,OU=line-1").make();
        client.register("pump-17", x509(signedBy(pump, "pump-17")));

        Answer other = client.register(
                "pump-17", x509(signedBy(FACTORY.issue("CN=pump-17,OU=line-1").make(), "pump-17")));

        assertThat(other.status()).as(other.body().toString()).isEqualTo(403);
        assertThat(registry.requests).hasSize(1);
    }

    @Test
    void aCertificateThatIsListedIsNotLetInByItsAuthority() {
        trustFactory();
        TestIdentity pump = FACTORY.issue("CN=pump-17,OU=line-1").make();
        client.put(
                "/api/v1/enrollments/pump-17",
                "{\"approval\":\"manual\",\"attestation\":{\"kind\":\"x509\",\"certificateSha256\":\""
                        + HexFormat.of().formatHex(X509Certificates.sha256(pump.certificate())) + "\"}}");
        String proof = signedBy(pump, "pump-17");
        String through = "{\"kind\":\"x509\",\"group\":\"pumps\",\"token\":\"" + proof + "\"}";

        assertThat(client.register("pump-17", through).status()).isEqualTo(202);
        client.delete("/api/v1/enrollments/pump-17");

        assertThat(client.register("pump-17", through).status()).isEqualTo(401);
        assertThat(client.register("pump-17", x509(proof)).status()).isEqualTo(401);
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void anotherElementOfTheSameDeviceIsAnotherBoard() {
        KeyPair first = TestIdentity.keys("Ed25519", 0);
        KeyPair second = TestIdentity.keys("Ed25519", 0);
        ManifestApi groups = new ManifestApi(port, tokens, client.tenant);
        client.put("/api/v1/enrollment-groups/elements", "{\"attestation\":{\"kind\":\"manifest\"}}");
        groups.importJson("elements", row("0123", first) + "\n" + row("4567", second));
        client.register("pump-17", keyed(first, "pump-17"));

        Answer other = client.register("pump-17", keyed(second, "pump-17"));

        assertThat(other.status()).as(other.body().toString()).isEqualTo(403);
        assertThat(registry.requests).hasSize(1);
    }

    @Test
    void anElementBringsTheDeviceThatItsRowSays() {
        KeyPair element = TestIdentity.keys("Ed25519", 0);
        ManifestApi groups = new ManifestApi(port, tokens, client.tenant);
        client.put(
                "/api/v1/enrollment-groups/elements",
                "{\"attestation\":{\"kind\":\"manifest\"},\"tags\":{\"batch\":\"${manifest.batch}\"}}");
        groups.importJson("elements", """
                {"element":"0123","deviceId":"pump-17","publicKey":"%s","attributes":{"batch":"7"}}""".formatted(
                        Base64.getEncoder().encodeToString(element.getPublic().getEncoded())));

        assertThat(client.register("pump-17", keyed(element, "pump-17")).status())
                .isEqualTo(200);
        assertThat(client.register("pump-18", keyed(element, "pump-18")).status())
                .isEqualTo(401);
        assertThat(registry.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.tags()).containsOnly(Map.entry("batch", "7")));
    }

    @Test
    void aLabelIsForTheDeviceThatItNamesAndForOne() {
        client.put("/api/v1/enrollment-groups/labels", "{\"attestation\":{\"kind\":\"claim-token\"},\"quota\":2}");
        Answer made = client.post(
                "/api/v1/enrollment-groups/labels/claim-tokens", "{\"deviceIds\":[\"pump-17\",\"pump-18\"]}");
        String label = BootstrapClient.claim(made.text("/items/0/claimToken"));

        assertThat(client.register("pump-18", label).status()).isEqualTo(403);
        assertThat(client.register("pump-17", label).status()).isEqualTo(200);
        assertThat(client.register("pump-17", label).status()).isEqualTo(200);
        assertThat(client.register("pump-18", BootstrapClient.claim(made.text("/items/1/claimToken")))
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/api/v1/enrollment-groups/labels").text("/registered"))
                .isEqualTo("2");
    }

    private void trustFactory() {
        new AuthorityApi(http, tokens, client.tenant)
                .trust("factory", FACTORY, Map.of("line", "${certificate.subject.ou}"));
        client.put("/api/v1/enrollment-groups/pumps", """
                {"attestation":{"kind":"x509","certificateAuthorities":["factory"]},"tags":{"site":"lyon"}}""");
    }

    private static String row(String element, KeyPair keys) {
        return "{\"element\":\"%s\",\"deviceId\":\"pump-17\",\"publicKey\":\"%s\"}"
                .formatted(
                        element,
                        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    }

    private String signedBy(TestIdentity identity, String device) {
        return TestProof.by(identity.keys())
                .of(DeviceAddress.of(client.tenant, device))
                .with(identity)
                .until(Clock.systemUTC().instant().plusSeconds(600));
    }

    private String keyed(KeyPair element, String device) {
        return "{\"kind\":\"public-key\",\"token\":\""
                + TestProof.by(element)
                        .as("EdDSA")
                        .of(DeviceAddress.of(client.tenant, device))
                        .until(Clock.systemUTC().instant().plusSeconds(600))
                + "\"}";
    }

    private static String x509(String token) {
        return "{\"kind\":\"x509\",\"token\":\"" + token + "\"}";
    }
}
