package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A device comes out of its box with a certificate of its maker, and shows it in the connection. */
@EndToEnd
class FactoryCertificateIT {

    private static final String PUMP = "pump-17";

    @TempDir
    Path directory;

    private final Platform platform;
    private final Tenant tenant;
    private KeyFiles files = new KeyFiles(Path.of("."));

    FactoryCertificateIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
    }

    @BeforeEach
    void theTenantKnowsTheFactory() throws IOException {
        files = new KeyFiles(directory);
        files.root("factory", "/O=Acme/CN=Acme factory");
        String authority = "/api/v1/certificate-authorities/factory";
        tenant.rest().put(authority, certificate("factory")).expect(201);
        String challenge =
                tenant.rest().post(authority + ":challenge", "").expect(200).text("/challenge");
        make("proof", challenge, "factory");
        tenant.rest().post(authority + ":verify", certificate("proof")).expect(200);
        make(PUMP, PUMP, "factory");
        files.request("operational", "/CN=whatever");
    }

    @Test
    void itBecomesAnIdentityToConnectWith() throws Exception {
        openGroup("{}");

        Answer answer = showing(PUMP).post("/bootstrap/v1/register", request()).expect(200);

        assertThat(answer.text("/deviceId")).isEqualTo(PUMP);
        files.write("operational.pem", answer.text("/credentials/certificate"));
        connects();
    }

    @Test
    void aHeaderInItsPlaceCountsForNothing() throws Exception {
        openGroup("{}");
        Rest forger = platform.anonymous().with("Client-Cert", ":" + base64(PUMP + ".pem") + ":");
        make("forger", "forger", "factory");

        forger.post("/bootstrap/v1/register", request()).expectProblem(401, "attestation-refused");
        // what it shows counts, and not what it says
        assertThat(forger.withCertificate(files.keys("forger"))
                        .post("/bootstrap/v1/register", request())
                        .expect(200)
                        .text("/deviceId"))
                .isEqualTo("forger");
        tenant.rest().get("/api/v1/devices/" + PUMP).expectProblem(404);
    }

    @Test
    void oneOfAnotherFactoryIsRefused() throws Exception {
        openGroup("{}");
        files.root("foreign", "/O=Acme/CN=Acme factory");
        make("stranger", PUMP, "foreign");

        showing("stranger").post("/bootstrap/v1/register", request()).expectProblem(401, "attestation-refused");
        showing("stranger")
                .post(est("simpleenroll"), base64("operational.csr"), "application/pkcs10")
                .expect(401);
        tenant.rest().get("/api/v1/devices/" + PUMP).expectProblem(404);
    }

    @Test
    void itEnrolsWithItByEst() throws Exception {
        openGroup("{}");

        enrolled(showing(PUMP)
                .post(est("simpleenroll"), base64("operational.csr"), "application/pkcs10")
                .expect(200));

        connects();
    }

    @Test
    void byEstItIsToldToComeAgainUntilSomebodyHasAgreed() throws Exception {
        openGroup("{\"approval\": \"manual\"}");
        Rest device = showing(PUMP);

        Answer pending = device.post(est("simpleenroll"), base64("operational.csr"), "application/pkcs10")
                .expect(202);
        assertThat(Integer.parseInt(pending.header("Retry-After"))).isPositive();

        String registration = tenant.rest()
                .get("/api/v1/registrations?status=pending-approval")
                .expect(200)
                .text("/items/0/id");
        tenant.rest()
                .post("/api/v1/registrations/" + registration + ":approve", "")
                .expect(200);

        enrolled(device.post(est("simpleenroll"), base64("operational.csr"), "application/pkcs10")
                .expect(200));
        connects();
    }

    private void openGroup(String policy) {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(policy);
        body.putObject("attestation")
                .put("kind", "x509")
                .putArray("certificateAuthorities")
                .add("factory");
        tenant.rest().put("/api/v1/enrollment-groups/pumps", body.toString()).expect(201);
    }

    private void connects() throws IOException, GeneralSecurityException {
        Device pump = new Device(platform, tenant.name(), PUMP, "");
        try (Connection connection = Connection.open(pump.anonymousClient()
                .identifier(pump.name())
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(platform.trust())
                        .keyManagerFactory(files.keys("operational"))
                        .build())
                .build())) {
            connection.publish(pump.up("telemetry/env"), "{\"temperature\": 4}");
            await().untilAsserted(() -> assertThat(tenant.history(pump, "env")).hasSize(1));
        }
    }

    /** Keeps the certificate of an answer, with those that the broker wants behind it. */
    private void enrolled(Answer answer) throws IOException {
        Answer authorities = platform.anonymous().get(est("cacerts")).expect(200);
        files.write("operational.pem", pem(answer) + pem(authorities));
    }

    /** The certificates of a certs-only message. */
    private String pem(Answer answer) throws IOException {
        Files.write(directory.resolve("message"), Base64.getMimeDecoder().decode(answer.bytes()));
        return files.openssl("pkcs7", "-inform", "DER", "-in", "message", "-print_certs");
    }

    private Rest showing(String name) throws IOException, GeneralSecurityException {
        return platform.anonymous().withCertificate(files.keys(name));
    }

    private String est(String operation) {
        return "/.well-known/est/" + tenant.name() + "/" + operation;
    }

    private String request() throws IOException {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", tenant.name())
                .put("csr", files.read("operational.csr"));
        request.putObject("attestation").put("kind", "x509");
        return request.toString();
    }

    private String certificate(String name) throws IOException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("certificate", files.read(name + ".pem"))
                .toString();
    }

    private void make(String name, String commonName, String authority) throws IOException {
        files.request(name, "/O=Acme/CN=" + commonName);
        files.certify(name, authority, "keyUsage=critical,digitalSignature", "extendedKeyUsage=clientAuth");
    }

    /** What is between the first and the last line of a file in PEM. */
    private String base64(String file) throws IOException {
        return files.read(file).lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
    }
}
