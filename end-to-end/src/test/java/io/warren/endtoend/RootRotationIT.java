package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** A root takes another's place, in the order that docs/operations.md tells. */
@EndToEnd
class RootRotationIT {

    private static final String ISSUING = "issuing-of-the-new-root";

    @TempDir
    Path directory;

    private final Platform platform;
    private final Script script;
    private final Tenant tenant;
    private final Path roots;
    private final Path issuing;

    RootRotationIT(Platform platform) {
        this.platform = platform;
        script = platform.script();
        tenant = platform.newTenant();
        roots = script.state().resolve("tls/ca.pem");
        issuing = script.state().resolve("issuing");
    }

    @AfterEach
    void theOldRootIsTheOnlyOneAgain() throws IOException {
        Files.deleteIfExists(issuing.resolve(ISSUING + ".pem"));
        Files.deleteIfExists(issuing.resolve(ISSUING + ".key"));
        trust(Files.readString(directory.resolve("old.pem")));
        script.succeed("restart", "provisioning-service");
    }

    @Test
    void devicesOfBothRootsConnectUntilTheOldOneIsTakenAway() throws Exception {
        KeyFiles files = new KeyFiles(directory);
        Files.copy(roots, directory.resolve("old.pem"));
        files.root("new", "/O=Warren/CN=The next root");
        Device old = issue(files, "of-old");

        trust(files.read("old.pem") + files.read("new.pem"));
        putIssuingAuthorityInPlace(files);
        Device next = issue(files, "of-new");
        comesIn(files, old);
        comesIn(files, next);

        trust(files.read("new.pem"));
        comesIn(files, next);
        assertThatThrownBy(() -> connect(files, old))
                .isInstanceOfAny(
                        Mqtt5ConnAckException.class, ConnectionFailedException.class, ConnectionClosedException.class);
    }

    private void trust(String bundle) throws IOException {
        Path draft = Files.writeString(roots.resolveSibling("ca.pem.new"), bundle);
        Files.move(draft, roots, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        script.succeed("restart", "rabbitmq");
    }

    /** The key first, then the certificate; it is found within a minute, or at a start. */
    private void putIssuingAuthorityInPlace(KeyFiles files) throws IOException {
        files.request(ISSUING, "/O=Warren/CN=Warren device authority of the next root");
        files.certify(
                ISSUING,
                "new",
                "basicConstraints=critical,CA:TRUE,pathlen:0",
                "keyUsage=critical,keyCertSign,cRLSign,digitalSignature",
                "subjectKeyIdentifier=hash",
                "authorityKeyIdentifier=keyid");
        Path passphrases = script.state().resolve("secrets/provisioning/warren.issuing.passphrases");
        files.openssl(
                "pkcs8",
                "-topk8",
                "-v2",
                "aes-256-cbc",
                "-in",
                ISSUING + ".key",
                "-passout",
                "file:" + passphrases,
                "-out",
                issuing.resolve(ISSUING + ".key").toString());
        Files.copy(directory.resolve(ISSUING + ".pem"), issuing.resolve(ISSUING + ".pem"));
        script.succeed("restart", "provisioning-service");
    }

    /** A new device with a certificate, ID.pem and its key ID.key. */
    private Device issue(KeyFiles files, String id) throws IOException {
        Device device = tenant.newDevice(id);
        files.request(id, "/CN=whatever");
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "certificate")
                .put("csr", files.read(id + ".csr"))
                .toString();
        files.write(
                id + ".pem",
                tenant.rest()
                        .post("/api/v1/devices/" + id + "/credentials", body)
                        .expect(201)
                        .text("/certificate"));
        return device;
    }

    /** Tries again while the broker has only just begun to listen. */
    private void comesIn(KeyFiles files, Device device) {
        await().ignoreExceptions().untilAsserted(() -> connect(files, device));
    }

    private void connect(KeyFiles files, Device device) throws IOException, GeneralSecurityException {
        Connection.open(device.anonymousClient()
                        .identifier(device.name())
                        .sslConfig(MqttClientSslConfig.builder()
                                .trustManagerFactory(platform.trust())
                                .keyManagerFactory(files.keys(device.id()))
                                .build())
                        .build())
                .close();
    }
}
