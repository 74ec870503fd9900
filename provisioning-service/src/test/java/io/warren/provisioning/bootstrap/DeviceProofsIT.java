package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Devices prove themselves with what was listed for each of them. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(RegistryStub.class)
@TestPropertySource(properties = "warren.brute-force.device-failures=1000") // they all come from nowhere
class DeviceProofsIT {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private RegistryStub registry;

    @Autowired
    private JdbcClient jdbc;

    private BootstrapClient client;

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
        registry.requests.clear();
        registry.answer = RegistryStub.AGREES;
    }

    @Test
    void aDeviceComesWithAKeyOfItsOwnOrATokenSignedWithIt() {
        Answer made = enroll("{\"kind\":\"symmetric-key\"}");
        String key = made.text("/attestation/key");

        assertThat(made.status()).isEqualTo(201);
        assertThat(register("symmetric-key", key)).isEqualTo(200);
        assertThat(register(
                        "symmetric-key",
                        AccessToken.sign(
                                        DeviceAddress.of(client.tenant, "pump-17"),
                                        Instant.now().plusSeconds(600),
                                        AccessToken.key(key))
                                .text()))
                .isEqualTo(200);
        assertThat(register("symmetric-key", SymmetricKey.random().text())).isEqualTo(401);
        assertThat(client.get("/api/v1/enrollments/e1")
                        .body()
                        .at("/attestation")
                        .has("key"))
                .isFalse();
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment e WHERE e::text LIKE '%' || ? || '%'")
                        .param(key)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"EC,ES256,SHA256withECDSAinP1363Format", "Ed25519,EdDSA,Ed25519"})
    void aDeviceComesWithASignatureOfItsKey(String kind, String algorithm, String signing) throws Exception {
        KeyPair pair = pair(kind);
        enrollKey(pair);

        assertThat(register("public-key", jws(algorithm, signing, pair, claims(client.tenant, "pump-17", 600))))
                .isEqualTo(200);
    }

    @Test
    void aProofThatIsForgedOrForAnotherOrAtTheWrongTimeIsRefused() throws Exception {
        KeyPair pair = pair("EC");
        enrollKey(pair);
        String good = claims(client.tenant, "pump-17", 600);
        String own = jws("ES256", "SHA256withECDSAinP1363Format", pair, good);
        String body = own.split("\\.", -1)[1];

        List<String> proofs = List.of(
                // nobody signed it
                part("{\"alg\":\"none\"}") + "." + body + ".",
                // the public key, taken for a shared one
                hs256(pair.getPublic().getEncoded(), good),
                hs256(pem(pair).getBytes(StandardCharsets.US_ASCII), good),
                jws("ES256", "SHA256withECDSAinP1363Format", pair("EC"), good),
                jws("EdDSA", "Ed25519", pair("Ed25519"), good),
                jws("ES384", "SHA256withECDSAinP1363Format", pair, good),
                jws("ES256", "SHA256withECDSA", pair, good),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, good.replace("warren-bootstrap", "other")),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, good.replace("\"aud\":\"warren-bootstrap\",", "")),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, claims(client.tenant, "pump-17", -600)),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, claims(client.tenant, "pump-17", 7200)),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, claims(client.tenant, "pump-18", 600)),
                jws("ES256", "SHA256withECDSAinP1363Format", pair, claims("stranger", "pump-17", 600)),
                own.substring(0, own.length() - 4) + "AAAA",
                "not.a.jws",
                "nothing");

        assertThat(proofs).map(proof -> register("public-key", proof)).containsOnly(401);
        assertThat(registry.requests).isEmpty();
        assertThat(register("public-key", own)).isEqualTo(200);
    }

    @Test
    void anEnrolmentThatWasRevokedLetsItsDeviceInNoMore() throws Exception {
        KeyPair pair = pair("Ed25519");
        enrollKey(pair);
        client.delete("/api/v1/enrollments/e1");

        assertThat(register("public-key", jws("EdDSA", "Ed25519", pair, claims(client.tenant, "pump-17", 600))))
                .isEqualTo(401);
        // and there can be another one for it
        assertThat(client.put(
                                "/api/v1/enrollments/e2",
                                "{\"deviceId\":\"pump-17\",\"attestation\":{\"kind\":\"public-key\",\"publicKey\":\""
                                        + Base64.getEncoder()
                                                .encodeToString(pair.getPublic().getEncoded())
                                        + "\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(register("public-key", jws("EdDSA", "Ed25519", pair, claims(client.tenant, "pump-17", 600))))
                .isEqualTo(200);
    }

    @Test
    void thereIsOneEnrolmentOfAKindForADevice() {
        enroll("{\"kind\":\"symmetric-key\"}");

        assertThat(client.put(
                                "/api/v1/enrollments/e2",
                                "{\"deviceId\":\"pump-17\",\"attestation\":{\"kind\":\"symmetric-key\"}}")
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"attestation":{"kind":"symmetric-key"}}                                           | /deviceId
            {"attestation":{"kind":"symmetric-key","key":"short"},"deviceId":"p"}              | /attestation/key
            {"attestation":{"kind":"public-key"},"deviceId":"p"}                               | /attestation/publicKey
            {"attestation":{"kind":"public-key","publicKey":"x"},"deviceId":"p"}               | /attestation/publicKey
            {"attestation":{"kind":"claim-token","publicKey":"x"}}                             | /attestation/publicKey
            {"attestation":{"kind":"x509"}}                                                    | /attestation/certificate
            {"attestation":{"kind":"x509","certificate":"x"}}                                  | /attestation/certificate
            {"attestation":{"kind":"claim-token"},"tags":{"a":"${"}}                           | /tags/a
            {"attestation":{"kind":"claim-token"},"state":[]}                                  | /state
            {"attestation":{"kind":"claim-token"},"naming":{"pattern":"(?=a)"}}                | /naming/pattern
            {"attestation":{"kind":"claim-token"},"naming":{"template":"${"}}                  | /naming/template""")
    void whatCannotBeCarriedOutIsRefusedWithItsPlace(String body, String pointer) {
        Answer answer = client.post("/api/v1/enrollments", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    private Answer enroll(String attestation) {
        return client.put("/api/v1/enrollments/e1", "{\"deviceId\":\"pump-17\",\"attestation\":" + attestation + "}");
    }

    private void enrollKey(KeyPair pair) {
        Answer made =
                enroll("{\"kind\":\"public-key\",\"publicKey\":\"" + pem(pair).replace("\n", "\\n") + "\"}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    }

    private int register(String kind, String token) {
        return client.register("pump-17", "{\"kind\":\"" + kind + "\",\"token\":\"" + token + "\"}")
                .status();
    }

    private static String claims(String tenant, String device, int seconds) {
        return "{\"sub\":\"" + device + "@" + tenant + "\",\"aud\":\"warren-bootstrap\",\"exp\":"
                + Instant.now().plusSeconds(seconds).getEpochSecond() + "}";
    }

    private static String jws(String algorithm, String signing, KeyPair pair, String claims)
            throws GeneralSecurityException {
        String signed = part("{\"alg\":\"" + algorithm + "\"}") + "." + part(claims);
        Signature signature = Signature.getInstance(signing);
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private static String hs256(byte[] key, String claims) throws GeneralSecurityException {
        String signed = part("{\"alg\":\"HS256\"}") + "." + part(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    private static KeyPair pair(String kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }
}
