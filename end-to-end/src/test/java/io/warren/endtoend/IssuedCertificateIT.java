package io.warren.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A device comes to the broker with a certificate that the installation's own authority has issued to it. */
@EndToEnd
class IssuedCertificateIT {

    @TempDir
    Path directory;

    private final Platform platform;
    private final Tenant tenant;
    private final Device device;
    private KeyFiles files = new KeyFiles(Path.of("."));

    IssuedCertificateIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @BeforeEach
    void keepKeysHere() {
        files = new KeyFiles(directory);
    }

    @Test
    void oneThatIsRevokedIsKeptOutThoughTheDeviceHasAnother() throws Exception {
        String first = issue("first");
        issue("second");

        try (Connection connection = Connection.open(client(files.keys("first")))) {
            connection.publish(device.up("telemetry/env"), "{\"temperature\": 21.5}");
            await().untilAsserted(
                            () -> assertThat(tenant.history(device, "env")).hasSize(1));

            revoke(first);

            await().until(() -> !connection.isOpen());
        }
        assertRefused(files.keys("first"));
        Connection.open(client(files.keys("second"))).close();
        // everybody else can see it too
        String issuer =
                tenant.rest().get("/api/v1/certificates/" + first).expect(200).text("/issuer");
        files.write(
                "ca.pem",
                new String(
                        platform.anonymous().get("/pki/v1/ca.pem").expect(200).bytes(), UTF_8));
        assertThat(issuer).matches("[0-9a-f]{16}");
        assertThat(files.openssl("verify", "-CAfile", "ca.pem", "-untrusted", "second.pem", "second.pem"))
                .contains("OK");
    }

    @Test
    void oneWhoseCredentialIsDeletedIsRevoked() throws Exception {
        String first = issue("first");
        issue("second");
        Connection.open(client(files.keys("first"))).close();
        String credential = tenant.rest()
                .get("/api/v1/devices/" + device.id() + "/credentials")
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("serial").asString("").equals(first))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();

        tenant.rest()
                .delete("/api/v1/devices/" + device.id() + "/credentials/" + credential)
                .expect(204);

        await().untilAsserted(() -> assertThat(tenant.rest()
                        .get("/api/v1/certificates/" + first)
                        .expect(200)
                        .text("/status"))
                .isEqualTo("revoked"));
        await().untilAsserted(() -> assertRefused(files.keys("first")));
        Connection.open(client(files.keys("second"))).close();
    }

    @Test
    void oneForAKeyOfEdwardsCurveGetsInAtBothDoors() throws Exception {
        files.request("ed25519", "/CN=whatever", "ed25519");
        certify(device, "ed25519");

        try (Connection connection = Connection.open(client(files.keys("ed25519")))) {
            connection.publish(device.up("telemetry/env"), "{\"temperature\": 21.5}");
            await().untilAsserted(
                            () -> assertThat(tenant.history(device, "env")).hasSize(1));
        }
        assertThat(platform.anonymous()
                        .withCertificate(files.keys("ed25519"))
                        .get("/device/v1/identity")
                        .expect(200)
                        .text("/deviceId"))
                .isEqualTo(device.id());
    }

    /** As it is when provisioning was away for a week: what it revoked gets in while its device has another that is good. */
    @Test
    void aListThatHasEndedIsPassedOverUntilThereIsTheNextOne() throws Exception {
        String first = issue("first");
        issue("second");
        revoke(first);
        await().untilAsserted(() -> assertRefused(files.keys("first")));

        // again if provisioning has just made the next one
        await().ignoreExceptions().untilAsserted(() -> {
            letTheListEnd("first");
            Connection.open(client(files.keys("first"))).close();
        });

        files.request("other", "/CN=whatever");
        revoke(certify(tenant.newDevice(), "other"));
        await().untilAsserted(() -> assertRefused(files.keys("first")));
        Connection.open(client(files.keys("second"))).close();
    }

    /** The device has a good one, so it is not for its name that these are refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20250101000000Z | 20260101000000Z | clientAuth
                    20990101000000Z | 20991231000000Z | clientAuth
                    20260101000000Z | 20991231000000Z | serverAuth
                    """)
    void oneOfAnotherTimeOrPurposeIsRefused(String from, String until, String purpose) throws Exception {
        issue("good");
        Path tls = platform.script().state().resolve("tls");

        sign(tls.resolve("ca.pem"), tls.resolve("ca.key"), from, until, purpose);

        assertRefused(files.keys("other"));
        Connection.open(client(files.keys("good"))).close();
    }

    @Test
    void oneOfAForeignAuthorityIsRefused() throws Exception {
        issue("good");
        files.openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/O=Warren/CN=Foreign",
                "-keyout",
                "foreign.key",
                "-out",
                "foreign.pem");

        sign(
                directory.resolve("foreign.pem"),
                directory.resolve("foreign.key"),
                "20260101000000Z",
                "20991231000000Z",
                "clientAuth");

        assertRefused(files.keys("other"));
    }

    /** Has a certificate issued to the device, NAME.pem with its key NAME.key; its number. */
    private String issue(String name) throws IOException {
        files.request(name, "/CN=whatever");
        return certify(device, name);
    }

    /** Has the request of a name certified for a device, NAME.pem; the number of the certificate. */
    private String certify(Device owner, String name) throws IOException {
        String body = JsonMapper.shared()
                .writeValueAsString(JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "certificate")
                        .put("csr", files.read(name + ".csr")));
        Answer answer = tenant.rest()
                .post("/api/v1/devices/" + owner.id() + "/credentials", body)
                .expect(201);
        files.write(name + ".pem", answer.text("/certificate"));
        return answer.text("/serial");
    }

    private void revoke(String serial) {
        tenant.rest()
                .post("/api/v1/certificates/" + serial + ":revoke", "{\"reason\":\"key-compromise\"}")
                .expect(200);
    }

    /** Puts a list of the issuing authority that ended long ago, with a certificate on it, in the place of the one that is there. */
    private void letTheListEnd(String revoked) throws IOException {
        Path state = platform.script().state();
        Path authority = onlyCertificate(state.resolve("issuing"));
        String passphrase = "file:" + state.resolve("secrets/provisioning/warren.issuing.passphrases");
        describe(authority, Path.of(authority.toString().replace(".pem", ".key")));
        files.openssl("ca", "-config", "ca.cnf", "-passin", passphrase, "-revoke", revoked + ".pem");
        files.openssl(
                "ca",
                "-config",
                "ca.cnf",
                "-passin",
                passphrase,
                "-gencrl",
                "-crl_lastupdate",
                "20260101000000Z",
                "-crl_nextupdate",
                "20260108000000Z",
                "-out",
                "ended.crl");
        String name =
                files.openssl("crl", "-in", "ended.crl", "-noout", "-hash").strip() + ".r0";
        Path list = state.resolve("rabbitmq/data/crl").resolve(name);
        assertThat(list).exists();
        Path draft = Files.copy(
                directory.resolve("ended.crl"), list.resolveSibling(".ended"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, list, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path onlyCertificate(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            List<Path> found =
                    names.filter(name -> name.toString().endsWith(".pem")).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    /** Signs other.pem as an authority that takes no care would. */
    private void sign(Path authority, Path key, String from, String until, String purpose) throws IOException {
        files.request("other", "/CN=" + device.name());
        files.write("extensions", "[device]\nextendedKeyUsage=" + purpose + "\n");
        describe(authority, key);
        files.openssl(
                "ca",
                "-batch",
                "-notext",
                "-config",
                "ca.cnf",
                "-in",
                "other.csr",
                "-startdate",
                from,
                "-enddate",
                until,
                "-extfile",
                "extensions",
                "-extensions",
                "device",
                "-out",
                "other.pem");
    }

    /** Writes down for {@code openssl ca} which authority it is to be. */
    private void describe(Path authority, Path key) throws IOException {
        files.write("index.txt", "");
        files.write("ca.cnf", """
                [ca]
                default_ca=authority
                [authority]
                certificate=%s
                private_key=%s
                database=index.txt
                new_certs_dir=.
                rand_serial=yes
                default_md=sha256
                default_crl_days=1
                policy=anything
                [anything]
                commonName=supplied
                """.formatted(authority, key));
    }

    private void assertRefused(KeyManagerFactory keys) {
        assertThatThrownBy(() -> Connection.open(client(keys)))
                .isInstanceOfAny(
                        Mqtt5ConnAckException.class, ConnectionFailedException.class, ConnectionClosedException.class);
    }

    private Mqtt5Client client(KeyManagerFactory keys) {
        return device.anonymousClient()
                .identifier(device.name())
                .sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(platform.trust())
                        .keyManagerFactory(keys)
                        .build())
                .build();
    }
}
